package hospes.zmachine.text;

/// ZSCII, the characters of stories, and Unicode. Z-Machine Standards 1.1, 3.8.
public final class Zscii {
  /// Deletes the character in front.
  public static final int DELETE = 8;

  /// Ends a line.
  public static final int NEW_LINE = 13;

  /// The key that leaves something.
  public static final int ESCAPE = 27;

  /// The cursor keys: up, down, left, right follow each other.
  public static final int CURSOR_UP = 129;

  public static final int CURSOR_DOWN = 130;
  public static final int CURSOR_LEFT = 131;
  public static final int CURSOR_RIGHT = 132;

  /// The first function key; the twelfth is 144.
  public static final int F1 = 133;

  /// The keypad's 0; its 9 is 154.
  public static final int KEYPAD_0 = 145;

  private static final int FIRST_EXTRA = 155;
  private static final int LAST_EXTRA = 251;

  /// What characters from 155 on are where a story does not say otherwise (3.8.5.3, table 1).
  private static final String USUAL =
      "äöüÄÖÜß»«ëïÿËÏáéíóúýÁÉÍÓÚÝàèìòùÀÈÌÒÙâêîôûÂÊÎÔÛåÅøØãñõÃÑÕæÆçÇþðÞÐ£œŒ¡¿";

  private final StoryBytes story;
  private final int table;

  /// @param story whose header already says what it is to say of text
  public Zscii(StoryBytes story) {
    this(story, TextHeader.of(story));
  }

  /// The characters of a story, whose memory may hold a table of them.
  public Zscii(StoryBytes story, TextHeader header) {
    this.story = story;
    this.table = header.unicode();
  }

  /// The code point that a character prints: 0 where it prints nothing, a question mark where it
  /// is one that the story has not defined. A new line is 10.
  public int toUnicode(int zscii) {
    if (zscii >= 32 && zscii < 127) {
      return zscii;
    }
    if (zscii >= FIRST_EXTRA && zscii <= LAST_EXTRA) {
      int index = zscii - FIRST_EXTRA;
      int codePoint = index < extras() ? extra(index) : '?';
      return isPrintable(codePoint) ? codePoint : '?';
    }
    return zscii == NEW_LINE ? '\n' : 0;
  }

  /// The character of a code point; 0 where there is none.
  public int fromUnicode(int codePoint) {
    if (codePoint >= 32 && codePoint < 127) {
      return codePoint;
    }
    if (codePoint == '\n' || codePoint == '\r') {
      return NEW_LINE;
    }
    int extras = extras();
    for (int i = 0; i < extras; i++) {
      if (codePoint > 127 && extra(i) == codePoint) {
        return FIRST_EXTRA + i;
      }
    }
    return 0;
  }

  /// The small letter of a capital, and any other character itself.
  public int toLowerCase(int zscii) {
    if (zscii >= 'A' && zscii <= 'Z') {
      return zscii + 32;
    }
    if (zscii < FIRST_EXTRA || zscii > LAST_EXTRA) {
      return zscii;
    }
    int small = fromUnicode(Character.toLowerCase(toUnicode(zscii)));
    return small == 0 ? zscii : small;
  }

  /// Whether a code point can be put on a screen: no control character, and no half of one.
  public static boolean isPrintable(int codePoint) {
    return codePoint >= 32
        && (codePoint < 127 || codePoint > 159)
        && (codePoint < 0xd800 || codePoint > 0xdfff);
  }

  private int extras() {
    return table == 0
        ? USUAL.length()
        : Math.min(story.byteAt(table), LAST_EXTRA - FIRST_EXTRA + 1);
  }

  private int extra(int index) {
    return table == 0 ? USUAL.charAt(index) : story.wordAt(table + 1 + 2 * index);
  }
}
