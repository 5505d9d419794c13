package hospes.zmachine.text;

/// What a story's header says of its text. Z-Machine Standards 1.1, 11.1.
///
/// @param version of the Z-machine
/// @param abbreviations address of the table of abbreviations; 0 where there is none
/// @param alphabets address of the story's own alphabets; 0 where it has the usual ones
/// @param unicode address of the story's own table of characters from ZSCII 155 on; 0 where it
/// has the usual one
/// @param dictionary address of the story's dictionary
public record TextHeader(
    int version, int abbreviations, int alphabets, int unicode, int dictionary) {
  private static final int VERSION = 0x00;
  private static final int DICTIONARY = 0x08;
  private static final int ABBREVIATIONS = 0x18;
  private static final int ALPHABETS = 0x34;
  private static final int EXTENSION = 0x36;
  private static final int EXTENSION_UNICODE = 3;
  private static final int ALPHABETS_SIZE = 3 * Alphabets.LETTERS;

  /// What the header of a story says that has not begun yet. It goes for the whole story: what is
  /// written there later has no effect.
  public static TextHeader of(StoryBytes story) {
    int version = story.byteAt(VERSION);
    return new TextHeader(
        version,
        version == 1 ? 0 : story.wordAt(ABBREVIATIONS),
        version < 5 ? 0 : alphabets(story),
        version < 5 ? 0 : unicode(story),
        story.wordAt(DICTIONARY));
  }

  private static int alphabets(StoryBytes story) {
    int address = story.wordAt(ALPHABETS);
    return address + ALPHABETS_SIZE <= story.length() ? address : 0;
  }

  private static int unicode(StoryBytes story) {
    int extension = story.wordAt(EXTENSION);
    int word = extension + 2 * EXTENSION_UNICODE;
    if (extension == 0
        || word + 2 > story.length()
        || story.wordAt(extension) < EXTENSION_UNICODE) {
      return 0;
    }
    int table = story.wordAt(word);
    return table != 0
            && table < story.length()
            && table + 1 + 2 * story.byteAt(table) <= story.length()
        ? table
        : 0;
  }
}
