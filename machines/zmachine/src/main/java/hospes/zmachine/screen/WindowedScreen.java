package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;

/// A screen as a grid of characters: what instructions do to the two windows. How the grid comes
/// to the console is its subclasses' affair.
///
/// Lines and columns count from 0 in here.
abstract class WindowedScreen implements Screen {
  private static final int MOST = 255;
  private static final int LAST_COLOUR = 12;

  /// Columns that a line of input has at least.
  private static final int ROOM_FOR_INPUT = 10;

  CellGrid grid;
  private final int version;
  private final int statusLines;
  private final WordBuffer word = new WordBuffer();
  private int lines;
  private int columns;
  private int upperLines;
  private int window = LOWER;
  private final int[] line = new int[2];
  private final int[] column = new int[2];
  private int style;
  private boolean fixedPitch;
  private int foreground = Cell.USUAL;
  private int background = Cell.USUAL;
  private boolean buffers = true;
  private int font = 1;
  private int printedLines;

  WindowedScreen(int version, int lines, int columns) {
    this.version = version;
    this.lines = Math.clamp(lines, 1, MOST);
    this.columns = Math.clamp(columns, 1, MOST);
    statusLines = version <= 3 && this.lines > 1 ? 1 : 0;
    grid = new CellGrid(this.lines, this.columns);
    home(UPPER);
    home(LOWER);
  }

  /// The lower window has scrolled by a line; its first line was `top`.
  abstract void scrolled(int top);

  /// The lower window is full of text that the user has not read.
  abstract void pageFull();

  /// Whether there is a font of this number, from 1 on.
  abstract boolean hasFont(int number);

  @Override
  public final int lines() {
    return lines;
  }

  @Override
  public final int columns() {
    return columns;
  }

  /// The line in which the cursor is.
  final int line() {
    return line[window];
  }

  /// The column in which the cursor is; [#columns] where it is behind the last.
  final int column() {
    return column[window];
  }

  final int lowerTop() {
    return statusLines + upperLines;
  }

  private void home(int which) {
    boolean atBottom = which == LOWER && version <= 4;
    int top = which == UPPER ? statusLines : lowerTop();
    line[which] = atBottom ? lines - 1 : Math.min(top, lines - 1);
    column[which] = 0;
  }

  @Override
  public final void print(int codePoint) {
    long cell = Cell.of(codePoint, shownStyle(), foreground, background);
    if (window == UPPER) {
      if (column[UPPER] < columns) {
        grid.set(line[UPPER], column[UPPER]++, cell);
      }
    } else if (!buffers) {
      put(cell);
    } else {
      if (word.endsBefore(codePoint) || word.isFull()) {
        flushWord();
      }
      word.add(cell);
    }
  }

  private int shownStyle() {
    return window == UPPER || fixedPitch ? style | Cell.FIXED : style;
  }

  private void put(long cell) {
    if (column[LOWER] >= columns) {
      endLowerLine();
    }
    grid.set(line[LOWER], column[LOWER]++, cell);
  }

  /// Puts the word that is not on the grid yet there, on the next line if it does not fit.
  final void flushWord() {
    int length = word.length();
    if (length == 0) {
      return;
    }
    int first = 0;
    if (length > columns - column[LOWER]) {
      first = Cell.isBlank(word.get(0)) ? 1 : 0;
      endLowerLine();
    }
    for (int i = first; i < length; i++) {
      put(word.get(i));
    }
    word.clear();
  }

  @Override
  public final void newLine() {
    if (window == UPPER) {
      column[UPPER] = 0;
      boolean isLast = line[UPPER] + 1 >= statusLines + upperLines;
      line[UPPER] = isLast ? Math.min(statusLines, lines - 1) : line[UPPER] + 1;
    } else {
      flushWord();
      endLowerLine();
    }
  }

  private void endLowerLine() {
    column[LOWER] = 0;
    if (line[LOWER] < lines - 1) {
      line[LOWER]++;
    } else {
      int top = Math.min(lowerTop(), lines - 1);
      beforeScroll();
      grid.scroll(top, Cell.blank(background));
      scrolled(top);
    }
    printedLines++;
    if (printedLines >= lines - lowerTop() - 1) {
      pageFull();
      printedLines = 0;
    }
  }

  /// The lower window is about to scroll.
  void beforeScroll() {}

  @Override
  public final void splitWindow(int height, SplitMode erase) {
    flushWord();
    upperLines = Math.clamp(height, 0, lines - statusLines);
    if (line[UPPER] >= lowerTop()) {
      home(UPPER);
    }
    if (line[LOWER] < lowerTop()) {
      home(LOWER);
    }
    if (erase == SplitMode.ERASE && upperLines > 0) {
      eraseWindow(UPPER);
    }
  }

  @Override
  public final void setWindow(int which) {
    flushWord();
    if (which == UPPER) {
      window = UPPER;
      home(UPPER);
    } else if (which == LOWER) {
      window = LOWER;
    }
  }

  @Override
  public final void eraseWindow(int which) {
    flushWord();
    long blank = Cell.blank(background);
    switch (which) {
      case LOWER -> {
        grid.fill(lowerTop(), lines, blank);
        home(LOWER);
      }
      case UPPER -> {
        grid.fill(statusLines, lowerTop(), blank);
        home(UPPER);
      }
      case -1 -> {
        grid.fill(0, lines, blank);
        upperLines = 0;
        window = LOWER;
        home(UPPER);
        home(LOWER);
      }
      case -2 -> grid.fill(0, lines, blank);
      default -> {
        return;
      }
    }
    printedLines = 0;
  }

  @Override
  public final void eraseLine() {
    flushWord();
    grid.fillLine(line[window], column[window], Cell.blank(background));
  }

  @Override
  public final void setCursor(int newLine, int newColumn) {
    if (window == UPPER && newLine > 0 && newColumn > 0) {
      line[UPPER] = Math.min(statusLines + newLine, lines) - 1;
      column[UPPER] = Math.min(newColumn, columns) - 1;
    }
  }

  @Override
  public final int cursorLine() {
    flushWord();
    return line[window] - (window == UPPER ? statusLines : lowerTop()) + 1;
  }

  @Override
  public final int cursorColumn() {
    flushWord();
    return column[window] + 1;
  }

  @Override
  public final void setTextStyle(int newStyle) {
    style = newStyle == 0 ? 0 : style | newStyle & 0xf;
  }

  @Override
  public final void setFixedPitch(PitchMode pitch) {
    fixedPitch = pitch == PitchMode.FIXED;
  }

  @Override
  public final void setColour(int newForeground, int newBackground) {
    foreground = colour(newForeground, foreground);
    background = colour(newBackground, background);
  }

  private static int colour(int number, int now) {
    return number == 1 ? Cell.USUAL : number >= 2 && number <= LAST_COLOUR ? number : now;
  }

  @Override
  public final void setTrueColour(int newForeground, int newBackground) {
    foreground = trueColour(newForeground, foreground);
    background = trueColour(newBackground, background);
  }

  private static int trueColour(int bits, int now) {
    return bits == -1 ? Cell.USUAL : bits < 0 ? now : Cell.TRUE_COLOUR | bits & 0x7fff;
  }

  @Override
  public final int setFont(int number) {
    int before = font;
    if (number == 0) {
      return before;
    }
    if (number < 0 || !hasFont(number)) {
      return 0;
    }
    font = number;
    return before;
  }

  @Override
  public final void bufferMode(int flag) {
    flushWord();
    buffers = flag != 0;
  }

  @Override
  public final void showStatus(StatusLine status) {
    if (statusLines == 0) {
      return;
    }
    flushWord();
    int at = 0;
    for (int codePoint : StatusText.of(status, columns).codePoints().toArray()) {
      grid.set(0, at++, Cell.of(codePoint, Cell.REVERSE, Cell.USUAL, Cell.USUAL));
    }
  }

  @Override
  public void endKey() {
    printedLines = 0;
  }

  /// Makes room for a line of input on the current line.
  ///
  /// @param before characters of it that were printed
  final void makeRoomForLine(int before) {
    flushWord();
    if (window == LOWER && columns - column[LOWER] + before < Math.min(ROOM_FOR_INPUT, columns)) {
      endLowerLine();
    }
  }

  /// Takes back the last characters that were printed on the current line.
  final void takeBack(int characters) {
    column[window] -= Math.min(characters, column[window]);
    eraseLine();
  }

  @Override
  public void endLine(int[] text, LineEnd end) {
    for (int codePoint : text) {
      if (column[window] < columns) {
        grid.setSeen(line[window], column[window]++, Cell.of(codePoint, 0, foreground, background));
      }
    }
    printedLines = 0;
    if (end == LineEnd.NEW_LINE) {
      newLine();
    }
  }

  /// Takes another size; the line with the lower window's cursor stays on the screen.
  final void takeSize(int newLines, int newColumns) {
    flushWord();
    int height = Math.clamp(newLines, statusLines + 1, MOST);
    int width = Math.clamp(newColumns, 1, MOST);
    int uppermost = Math.min(lowerTop(), height);
    int lost = Math.max(0, line[LOWER] - (height - 1));
    grid = grid.resized(height, width, uppermost, lost);
    lines = height;
    columns = width;
    upperLines = uppermost - statusLines;
    line[LOWER] = Math.clamp(line[LOWER] - lost, Math.min(uppermost, height - 1), height - 1);
    line[UPPER] = Math.min(line[UPPER], height - 1);
    column[LOWER] = Math.min(column[LOWER], width);
    column[UPPER] = Math.min(column[UPPER], width);
    printedLines = 0;
  }

  @Override
  public final String recordName() {
    return "screen";
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(lines);
    out.putInt(columns);
    out.putInt(upperLines);
    out.putInt(window);
    for (int which = LOWER; which <= UPPER; which++) {
      out.putInt(line[which]);
      out.putInt(column[which]);
    }
    out.putInt(style);
    out.putBoolean(fixedPitch);
    out.putInt(foreground);
    out.putInt(background);
    out.putBoolean(buffers);
    out.putInt(font);
    out.putInt(printedLines);
    word.save(out);
    grid.save(out);
  }

  @Override
  public void restore(RecordReader in) {
    lines = within(in.getCount(MOST), statusLines + 1, MOST);
    columns = within(in.getCount(MOST), 1, MOST);
    upperLines = in.getCount(lines - statusLines);
    window = in.getCount(UPPER);
    for (int which = LOWER; which <= UPPER; which++) {
      line[which] = in.getCount(lines - 1);
      column[which] = in.getCount(columns);
    }
    style = in.getCount(0xf);
    fixedPitch = in.getBoolean();
    foreground = in.getCount(0xffff);
    background = in.getCount(0xffff);
    buffers = in.getBoolean();
    font = in.getCount(MOST);
    printedLines = in.getCount(MOST);
    word.restore(in);
    grid = new CellGrid(lines, columns);
    grid.restore(in);
  }

  private static int within(int value, int least, int most) {
    if (value < least || value > most) {
      throw new SnapshotException("record screen is damaged: a size of %d".formatted(value));
    }
    return value;
  }
}
