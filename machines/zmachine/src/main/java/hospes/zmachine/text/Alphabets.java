package hospes.zmachine.text;

/// What Z-characters from 6 on mean in each of the three alphabets. Z-Machine Standards 1.1, 3.5.
final class Alphabets {
  /// Letters in an alphabet.
  static final int LETTERS = 26;

  /// The Z-character of an alphabet's first letter.
  static final int FIRST = 6;

  /// The Z-character of the last alphabet that begins a character given by its number.
  static final int ESCAPE = 6;

  /// The Z-character of the last alphabet that is a new line; not so in version 1.
  static final int NEW_LINE = 7;

  static final int NEW_LINE_ZSCII = 13;

  private static final String SMALL_AND_CAPITAL =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static final String USUAL = SMALL_AND_CAPITAL + " \r0123456789.,!?_#'\"/\\-:()";

  private static final String OF_VERSION_1 = SMALL_AND_CAPITAL + " 0123456789.,!?_#'\"/\\<-:()";

  private final StoryBytes story;
  private final int table;
  private final String letters;
  private final int fixed;

  Alphabets(StoryBytes story, TextHeader header) {
    this.story = story;
    this.table = header.alphabets();
    this.letters = header.version() == 1 ? OF_VERSION_1 : USUAL;
    this.fixed = 2 * LETTERS + (header.version() == 1 ? 1 : 2);
  }

  /// The ZSCII of a Z-character from [#FIRST] to 31 in alphabet 0, 1 or 2. For the last
  /// alphabet's [#ESCAPE] it has no meaning.
  int letter(int alphabet, int zchar) {
    int index = LETTERS * alphabet + zchar - FIRST;
    return table == 0 || index >= 2 * LETTERS && index < fixed
        ? letters.charAt(index)
        : story.byteAt(table + index);
  }

  /// Where a character of ZSCII is: 32 * alphabet + Z-character; -1 where it is in none.
  int find(int zscii) {
    for (int alphabet = 0; alphabet < 3; alphabet++) {
      for (int zchar = FIRST; zchar < FIRST + LETTERS; zchar++) {
        boolean isLetter = alphabet < 2 || zchar != ESCAPE;
        if (isLetter && letter(alphabet, zchar) == zscii) {
          return 32 * alphabet + zchar;
        }
      }
    }
    return -1;
  }
}
