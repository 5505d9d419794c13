package hospes.zmachine.screen;

/// A character on the screen and how it looks, as one `long`: the code point in 21 bits, the
/// style in 4, and two colours in 16 each.
final class Cell {
  static final int REVERSE = 1;
  static final int BOLD = 2;
  static final int ITALIC = 4;
  static final int FIXED = 8;

  /// The usual colour.
  static final int USUAL = 0;

  /// Set in a colour that is given as 15 bits of blue, green and red; else it is one of the
  /// standard's numbers.
  static final int TRUE_COLOUR = 0x8000;

  private static final int STYLE_AT = 21;
  private static final int FOREGROUND_AT = 25;
  private static final int BACKGROUND_AT = 41;

  private Cell() {}

  static long of(int codePoint, int style, int foreground, int background) {
    return codePoint
        | (long) style << STYLE_AT
        | (long) foreground << FOREGROUND_AT
        | (long) background << BACKGROUND_AT;
  }

  /// A blank of a colour.
  static long blank(int background) {
    return of(' ', 0, USUAL, background);
  }

  static int codePoint(long cell) {
    return (int) cell & 0x1f_ffff;
  }

  static int style(long cell) {
    return (int) (cell >>> STYLE_AT) & 0xf;
  }

  static int foreground(long cell) {
    return (int) (cell >>> FOREGROUND_AT) & 0xffff;
  }

  static int background(long cell) {
    return (int) (cell >>> BACKGROUND_AT) & 0xffff;
  }

  static boolean isBlank(long cell) {
    return codePoint(cell) == ' ';
  }
}
