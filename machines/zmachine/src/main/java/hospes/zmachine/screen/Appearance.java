package hospes.zmachine.screen;

/// How a terminal is told what text looks like: ECMA-48's "select graphic rendition", and its
/// common extension to 24 bits of colour.
final class Appearance {
  private static final int LIGHT_GREY = 10;
  private static final int[] GREYS = {250, 244, 238};

  private Appearance() {}

  /// The sequence that makes text look as a cell does, whatever it looked like before.
  static String of(long cell) {
    StringBuilder sequence = new StringBuilder("\033[0");
    int style = Cell.style(cell);
    if ((style & Cell.BOLD) != 0) {
      sequence.append(";1");
    }
    if ((style & Cell.ITALIC) != 0) {
      sequence.append(";3");
    }
    if ((style & Cell.REVERSE) != 0) {
      sequence.append(";7");
    }
    addColour(sequence, 30, Cell.foreground(cell));
    addColour(sequence, 40, Cell.background(cell));
    return sequence.append('m').toString();
  }

  private static void addColour(StringBuilder sequence, int base, int colour) {
    if ((colour & Cell.TRUE_COLOUR) != 0) {
      sequence.append(';').append(base + 8).append(";2");
      for (int shift = 0; shift < 15; shift += 5) {
        sequence.append(';').append((colour >>> shift & 31) * 255 / 31);
      }
    } else if (colour >= LIGHT_GREY) {
      sequence.append(';').append(base + 8).append(";5;").append(GREYS[colour - LIGHT_GREY]);
    } else if (colour != Cell.USUAL) {
      sequence.append(';').append(base + colour - 2);
    }
  }

  /// Whether two cells differ in nothing but their characters.
  static boolean same(long left, long right) {
    return (left ^ Cell.codePoint(left)) == (right ^ Cell.codePoint(right));
  }
}
