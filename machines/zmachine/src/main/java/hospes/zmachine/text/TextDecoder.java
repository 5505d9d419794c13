package hospes.zmachine.text;

/// Decodes text: three Z-characters to a word, the last word marked by its topmost bit. Z-Machine
/// Standards 1.1, 3.2 to 3.4.
///
/// Belongs to one thread.
public final class TextDecoder {
  /// Most characters in one text, so that a text of abbreviations only is not printed for hours.
  private static final int MOST_CHARACTERS = 1 << 20;

  private static final int LAST_WORD = 0x8000;
  private static final int SPACE = 32;

  private final StoryBytes story;
  private final int version;
  private final int abbreviations;
  private final Alphabets alphabets;
  private int characters;

  /// @param story whose header already says what it is to say of text
  public TextDecoder(StoryBytes story) {
    this(story, TextHeader.of(story));
  }

  /// A decoder of texts in a story's memory.
  public TextDecoder(StoryBytes story, TextHeader header) {
    this.story = story;
    this.version = header.version();
    this.abbreviations = header.abbreviations();
    this.alphabets = new Alphabets(story, header);
  }

  /// Hands over the text at an address, character by character; returns the address behind it.
  ///
  /// @throws TextException where it does not end within the story, uses an abbreviation that is
  /// not there or within an abbreviation, or is of more than a million characters; what was
  /// decoded until then has been handed over
  public int decode(int address, ZsciiSink sink) {
    characters = 0;
    return decode(address, sink, abbreviations != 0);
  }

  private int decode(int start, ZsciiSink sink, boolean mayAbbreviate) {
    int address = start;
    int locked = 0;
    int alphabet = 0;
    int abbreviating = 0;
    // Of a character given by its number: Z-characters still to come, and those that came.
    int escaped = 0;
    int number = 0;
    int word;
    do {
      if (address < 0 || address > story.length() - 2) {
        throw new TextException("the text does not end within the story", start);
      }
      word = story.wordAt(address);
      address += 2;
      for (int shift = 10; shift >= 0; shift -= 5) {
        int zchar = word >>> shift & 31;
        if (abbreviating != 0) {
          abbreviate(32 * (abbreviating - 1) + zchar, sink, start, mayAbbreviate);
          abbreviating = 0;
          alphabet = locked;
        } else if (escaped != 0) {
          number = number << 5 | zchar;
          if (--escaped == 0) {
            put(number, sink, start);
            alphabet = locked;
          }
        } else if (zchar >= Alphabets.FIRST) {
          if (alphabet == 2 && zchar == Alphabets.ESCAPE) {
            escaped = 2;
            number = 0;
          } else {
            put(alphabets.letter(alphabet, zchar), sink, start);
            alphabet = locked;
          }
        } else if (zchar == 0) {
          put(SPACE, sink, start);
          alphabet = locked;
        } else if (zchar == 1 && version == 1) {
          put(Alphabets.NEW_LINE_ZSCII, sink, start);
          alphabet = locked;
        } else if (zchar < 4 && (version > 2 || zchar == 1)) {
          abbreviating = zchar;
        } else if (version > 2) {
          alphabet = zchar - 3;
        } else {
          // 2 and 4 go on by one alphabet, 3 and 5 by two; 4 and 5 for all that follows.
          alphabet = (locked + (zchar & 1) + 1) % 3;
          locked = zchar >= 4 ? alphabet : locked;
        }
      }
    } while ((word & LAST_WORD) == 0);
    return address;
  }

  private void put(int zscii, ZsciiSink sink, int start) {
    if (++characters > MOST_CHARACTERS) {
      throw new TextException("the text is too long", start);
    }
    sink.accept(zscii);
  }

  private void abbreviate(int index, ZsciiSink sink, int start, boolean mayAbbreviate) {
    int entry = abbreviations + 2 * index;
    if (!mayAbbreviate || entry > story.length() - 2) {
      throw new TextException("the text uses an abbreviation that it cannot use", start);
    }
    decode(2 * story.wordAt(entry), sink, false);
  }
}
