package hospes.zmachine.screen;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A screen on a terminal that knows ECMA-48's sequences, as all of today do: it is drawn over
/// the whole terminal, and only what changed is sent. After a page of text the user is asked to
/// turn it.
public final class TerminalScreen extends WindowedScreen {
  private static final int[] NO_LINE = {};
  private static final long BLANK = Cell.blank(Cell.USUAL);

  /// What no cell is: the terminal may show anything there.
  private static final long UNKNOWN = -1;

  private final Pager pager;
  private long[] shown;
  private int[] typed = NO_LINE;
  private int typedCursor;

  /// @param version of the Z-machine
  public TerminalScreen(ConsoleOutput console, int version, int lines, int columns) {
    super(version, lines, columns);
    pager = new Pager(console);
    shown = new long[lines() * columns()];
    Arrays.fill(shown, UNKNOWN);
  }

  @Override
  public boolean has(ScreenFeature feature) {
    return true;
  }

  @Override
  boolean hasFont(int number) {
    return number == 1 || number == 4;
  }

  @Override
  void beforeScroll() {
    draw();
  }

  @Override
  void scrolled(int top) {
    int columns = columns();
    int from = (top + 1) * columns;
    System.arraycopy(shown, from, shown, top * columns, shown.length - from);
    Arrays.fill(shown, shown.length - columns, shown.length, BLANK);
    // With no margin the terminal keeps what scrolls out, for the user to look back at.
    write(
        top == 0
            ? "\033[0m\033[%d;1H\n".formatted(lines())
            : "\033[0m\033[%d;%dr\033[%2$d;1H\n\033[r".formatted(top + 1, lines()));
  }

  @Override
  void pageFull() {
    draw();
    String place = "\033[0m\033[%d;1H".formatted(line() + 1);
    pager.endPage(bytes(place + "\033[7m[MORE]\033[0m"), bytes(place + "\033[K"));
    int first = line() * columns();
    Arrays.fill(shown, first, first + columns(), BLANK);
  }

  @Override
  public void awaitKey() {
    flushWord();
    drawWithCursor();
  }

  @Override
  public void awaitLine(int before) {
    makeRoomForLine(before);
    takeBack(before);
    drawWithCursor();
  }

  @Override
  public void awaitAgain() {
    flushWord();
    drawWithCursor();
  }

  @Override
  public void showLine(int[] line, int cursor) {
    typed = line;
    typedCursor = cursor;
    drawWithCursor();
  }

  @Override
  public void endLine(int[] text, LineEnd end) {
    typed = NO_LINE;
    typedCursor = 0;
    super.endLine(text, end);
  }

  @Override
  public boolean isPaused() {
    return pager.isPaused();
  }

  @Override
  public void turnPage() {
    pager.turn();
  }

  @Override
  public boolean takesSingleKeys() {
    return true;
  }

  @Override
  public void beep(int pitch) {
    write("\007");
  }

  @Override
  public void end() {
    flushWord();
    draw();
    write("\033[0m\033[r\033[%d;1H\r\n".formatted(lines()));
    pager.finish();
  }

  /// Also draws everything anew where the size is the one it has.
  @Override
  public void resize(int lines, int columns) {
    takeSize(lines, columns);
    pager.forget();
    shown = new long[lines() * columns()];
    Arrays.fill(shown, UNKNOWN);
    drawWithCursor();
  }

  private void drawWithCursor() {
    draw();
    int first = firstTyped();
    int column = Math.min(column() + typedCursor - first, columns() - 1);
    write("\033[0m\033[%d;%dH".formatted(line() + 1, column + 1));
  }

  /// The first character of what is typed that is shown: a long line moves to the left.
  private int firstTyped() {
    int room = Math.max(1, columns() - column());
    return Math.max(0, typedCursor - room + 1);
  }

  /// What is to be seen in a place: what was printed, and over it what is typed.
  private long wanted(int line, int column) {
    if (line == line() && column >= column()) {
      int index = column - column() + firstTyped();
      if (index < typed.length) {
        return Cell.of(typed[index], 0, Cell.USUAL, Cell.USUAL);
      }
    }
    return grid.get(line, column);
  }

  /// Sends what differs from what the terminal shows.
  private void draw() {
    ConsoleText text = new ConsoleText();
    long looks = UNKNOWN;
    int columns = columns();
    for (int line = 0; line < lines(); line++) {
      int cursor = -1;
      for (int column = 0; column < columns; column++) {
        long cell = wanted(line, column);
        int at = line * columns + column;
        if (shown[at] == cell) {
          continue;
        }
        shown[at] = cell;
        if (cursor != column) {
          text.add("\033[%d;%dH".formatted(line + 1, column + 1));
        }
        if (looks == UNKNOWN || !Appearance.same(looks, cell)) {
          text.add(Appearance.of(cell));
          looks = cell;
        }
        text.add(Cell.codePoint(cell));
        cursor = column + 1;
      }
    }
    pager.write(text.toByteArray());
  }

  private void write(String text) {
    pager.write(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    super.save(out);
    out.putLongs(shown);
    pager.save(out);
    out.putInt(typed.length);
    for (int codePoint : typed) {
      out.putInt(codePoint);
    }
    out.putInt(typedCursor);
  }

  @Override
  public void restore(RecordReader in) {
    super.restore(in);
    shown = new long[lines() * columns()];
    in.getLongs(shown);
    pager.restore(in);
    typed = new int[in.getCount(LineEditor.MOST)];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = in.getCount(Character.MAX_CODE_POINT);
    }
    typedCursor = in.getCount(typed.length);
  }
}
