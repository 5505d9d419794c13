package hospes.zmachine.screen;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of a terminal as screens use, for tests.
final class Terminal {
  private static final Pattern SEQUENCE = Pattern.compile("\033\\[([0-9;]*)([A-Za-z])");

  private final int lines;
  private final int columns;
  private final char[][] text;
  private final boolean[][] reverse;
  private final StringBuilder lost = new StringBuilder();
  private int line;
  private int column;
  private int top;
  private int bottom;
  private boolean isReverse;

  Terminal(int lines, int columns) {
    this.lines = lines;
    this.columns = columns;
    text = new char[lines][columns];
    reverse = new boolean[lines][columns];
    for (char[] row : text) {
      Arrays.fill(row, '~');
    }
    bottom = lines - 1;
  }

  void write(String output) {
    Matcher sequence = SEQUENCE.matcher(output);
    int at = 0;
    while (at < output.length()) {
      if (output.charAt(at) == '\033') {
        if (!sequence.find(at) || sequence.start() != at) {
          throw new AssertionError("no sequence: " + output.substring(at));
        }
        control(sequence.group(1), sequence.group(2).charAt(0));
        at = sequence.end();
      } else {
        put(output.charAt(at++));
      }
    }
  }

  private void put(char character) {
    switch (character) {
      case '\n' -> lineFeed();
      case '\r' -> column = 0;
      default -> {
        if (column >= columns) {
          throw new AssertionError("written beyond the last column");
        }
        reverse[line][column] = isReverse;
        text[line][column++] = character;
      }
    }
  }

  private void lineFeed() {
    if (line < bottom) {
      line++;
      return;
    }
    if (top == 0) {
      lost.append(new String(text[0]).stripTrailing()).append('\n');
    }
    for (int row = top; row < bottom; row++) {
      text[row] = text[row + 1];
      reverse[row] = reverse[row + 1];
    }
    text[bottom] = " ".repeat(columns).toCharArray();
    reverse[bottom] = new boolean[columns];
  }

  private void control(String arguments, char command) {
    String[] values = arguments.split(";");
    switch (command) {
      case 'H' -> {
        line = Integer.parseInt(values[0]) - 1;
        column = Integer.parseInt(values[1]) - 1;
      }
      case 'm' -> isReverse = (";" + arguments + ";").contains(";7;");
      case 'r' -> {
        top = arguments.isEmpty() ? 0 : Integer.parseInt(values[0]) - 1;
        bottom = arguments.isEmpty() ? lines - 1 : Integer.parseInt(values[1]) - 1;
        line = 0;
        column = 0;
      }
      case 'K' -> {
        for (int at = column; at < columns; at++) {
          text[line][at] = ' ';
          reverse[line][at] = false;
        }
      }
      default -> throw new AssertionError("unknown sequence " + command);
    }
  }

  /// Lines without spaces at their end, and without empty ones at the bottom.
  String text() {
    StringBuilder all = new StringBuilder();
    for (char[] row : text) {
      all.append(new String(row).stripTrailing()).append('\n');
    }
    return all.toString().stripTrailing();
  }

  String lost() {
    return lost.toString();
  }

  String cursor() {
    return (line + 1) + "," + (column + 1);
  }

  boolean isReverse(int atLine, int atColumn) {
    return reverse[atLine][atColumn];
  }
}
