package hospes.zmachine.text;

/// Finds the words in what a player typed. Z-Machine Standards 1.1, 13.6 and 15 (sread, tokenise,
/// encode_text).
public final class Tokeniser {
  private static final int ADDRESSABLE = 0x10000;
  private static final int ENTRY = 4;

  private final StoryMemory story;
  private final TextEncoder encoder;
  private final int version;
  private final int usual;

  /// @param story whose header already says what it is to say of text
  public Tokeniser(StoryMemory story) {
    this(story, TextHeader.of(story));
  }

  /// A tokeniser that works on a story's memory.
  public Tokeniser(StoryMemory story, TextHeader header) {
    this.story = story;
    this.encoder = new TextEncoder(story, header);
    this.version = header.version();
    this.usual = header.dictionary();
  }

  /// Writes to the parse buffer where the words of the text buffer are, and where the dictionary
  /// has them.
  ///
  /// @param dictionary its address; 0 for the story's
  /// @throws TextException where a buffer or the dictionary does not lie within the story
  public void tokenise(int text, int parse, int dictionary, UnknownWords unknown) {
    Dictionary words =
        new Dictionary(story, dictionary == 0 ? usual : dictionary, encoder.characters() / 3);
    story.setByte(parse + 1, 0);
    int start = text + (version >= 5 ? 2 : 1);
    int end = end(text, start);
    int word = start;
    for (int at = start; at < end; at++) {
      int zscii = byteAt(at);
      boolean separates = words.separates(zscii);
      if (separates || zscii == ' ') {
        put(text, word, at, parse, words, unknown);
        if (separates) {
          put(text, at, at + 1, parse, words, unknown);
        }
        word = at + 1;
      }
    }
    put(text, word, end, parse, words, unknown);
  }

  /// The address behind the last character of a text buffer.
  private int end(int text, int start) {
    if (version >= 5) {
      int length = byteAt(text + 1);
      int end = start;
      // A zero ends the text here too, for stories that build their text themselves.
      while (end < start + length && byteAt(end) != 0) {
        end++;
      }
      return end;
    }
    int end = start;
    while (byteAt(end) != 0) {
      end++;
    }
    return end;
  }

  private void put(int text, int from, int to, int parse, Dictionary words, UnknownWords unknown) {
    int count = byteAt(parse + 1);
    if (from == to || count >= byteAt(parse)) {
      return;
    }
    story.setByte(parse + 1, count + 1);
    int found = words.find(encoded(from, to - from));
    if (found == 0 && unknown == UnknownWords.KEEP) {
      return;
    }
    int entry = parse + 2 + ENTRY * count;
    story.setWord(entry, found);
    story.setByte(entry + 2, to - from & 0xff);
    story.setByte(entry + 3, from - text & 0xff);
  }

  /// Writes a word's encoded text.
  ///
  /// @param text where the word begins
  /// @param length its characters
  /// @param coded where it is written: two words until version 3, else three
  public void encode(int text, int length, int coded) {
    int[] words = encoded(text, length);
    for (int i = 0; i < words.length; i++) {
      story.setWord(coded + 2 * i, words[i]);
    }
  }

  private int[] encoded(int from, int length) {
    int[] zscii = new int[Math.min(length, encoder.characters())];
    for (int i = 0; i < zscii.length; i++) {
      zscii[i] = byteAt(from + i);
    }
    return encoder.encode(zscii);
  }

  private int byteAt(int address) {
    if (address < 0 || address >= Math.min(story.length(), ADDRESSABLE)) {
      throw new TextException("a buffer does not lie within the story", address);
    }
    return story.byteAt(address);
  }
}
