package hospes.zmachine.screen;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.Arrays;

/// A screen for pipes and files: whenever the story waits for input, the lines that have
/// something new are written, as plain text. Nothing that is typed is shown, and there is no
/// [MORE].
///
/// This is what frotz's dumb interface prints; text in any style is shown alike.
public final class PlainScreen extends WindowedScreen {
  private final ConsoleOutput console;

  /// Characters of the line of input that the story printed.
  private int before;

  /// @param version of the Z-machine
  /// @param lines between 1 and 255; the most that are written without an empty line
  public PlainScreen(ConsoleOutput console, int version, int lines, int columns) {
    super(version, lines, columns);
    this.console = console;
  }

  @Override
  public boolean has(ScreenFeature feature) {
    return switch (feature) {
      case SPLIT, TIMED_INPUT -> true;
      case COLOURS, BOLD, ITALIC, FIXED_PITCH -> false;
    };
  }

  @Override
  boolean hasFont(int number) {
    return number == 1;
  }

  @Override
  void scrolled(int top) {}

  @Override
  void pageFull() {
    showFresh();
    write(new ConsoleText().add('\n'));
  }

  /// Writes every line that has something new, with an empty line for those between.
  private void showFresh() {
    int last = lastFresh();
    showFresh(last);
    grid.markSeen();
  }

  private int lastFresh() {
    int last = lines() - 1;
    while (last >= 0 && !grid.hasFresh(last)) {
      last--;
    }
    return last;
  }

  private void showFresh(int last) {
    ConsoleText text = new ConsoleText();
    boolean begun = false;
    for (int line = 0; line <= last; line++) {
      if (grid.hasFresh(line)) {
        begun = true;
        addLine(text, line);
      } else if (begun) {
        addGap(text, line, last);
        line = nextFresh(line) - 1;
      }
    }
    write(text);
  }

  /// Lines that have nothing new, from `line` on: a single one as it is, else an empty line.
  private void addGap(ConsoleText text, int line, int last) {
    if (line == last || grid.hasFresh(line + 1)) {
      addLine(text, line);
    } else {
      text.add('\n');
    }
  }

  private int nextFresh(int line) {
    int next = line;
    while (next < lines() && !grid.hasFresh(next)) {
      next++;
    }
    return next;
  }

  private void addLine(ConsoleText text, int line) {
    addCells(text, line, grid.end(line, 0));
    text.add('\n');
  }

  private void addCells(ConsoleText text, int line, int end) {
    for (int column = 0; column < end; column++) {
      text.add(Cell.codePoint(grid.get(line, column)));
    }
  }

  @Override
  public void awaitKey() {
    flushWord();
    showWithCursor();
  }

  @Override
  public void awaitLine(int shown) {
    makeRoomForLine(shown);
    before = shown;
    showWithCursor();
  }

  @Override
  public void awaitAgain() {
    flushWord();
    if (lastFresh() >= 0) {
      showWithCursor();
    }
  }

  @Override
  public void endLine(int[] text, LineEnd end) {
    super.endLine(Arrays.copyOfRange(text, Math.min(before, text.length), text.length), end);
    before = 0;
  }

  /// Writes what is new, and the cursor's line up to the cursor, without its end.
  private void showWithCursor() {
    int last = lastFresh();
    if (last >= 0) {
      if (line() == last && grid.end(last, column()) == column()) {
        last--;
      }
      showFresh(last);
      if (line() == last + 2) {
        ConsoleText text = new ConsoleText();
        addLine(text, last + 1);
        write(text);
      } else if (line() > last + 2) {
        write(new ConsoleText().add('\n'));
      }
      grid.markSeen();
    }
    ConsoleText prompt = new ConsoleText();
    addCells(prompt, line(), column());
    write(prompt);
  }

  @Override
  public void showLine(int[] line, int cursor) {}

  @Override
  public boolean isPaused() {
    return false;
  }

  @Override
  public void turnPage() {}

  @Override
  public boolean takesSingleKeys() {
    return false;
  }

  @Override
  public void beep(int pitch) {
    console.write((byte) 7);
  }

  @Override
  public void end() {
    flushWord();
    showFresh();
  }

  /// A pipe has no size that could change.
  @Override
  public void resize(int lines, int columns) {}

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    super.save(out);
    out.putInt(before);
  }

  @Override
  public void restore(RecordReader in) {
    super.restore(in);
    before = in.getCount(LineEditor.MOST);
  }

  private void write(ConsoleText text) {
    for (byte value : text.toByteArray()) {
      console.write(value);
    }
  }
}
