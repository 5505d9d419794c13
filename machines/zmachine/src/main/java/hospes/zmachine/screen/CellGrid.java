package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.Arrays;

/// The characters on a screen, and which of them nobody has seen yet. Lines and columns count
/// from 0.
final class CellGrid {
  private final int lines;
  private final int columns;
  private final long[] cells;
  private final boolean[] fresh;

  CellGrid(int lines, int columns) {
    this.lines = lines;
    this.columns = columns;
    cells = new long[lines * columns];
    fresh = new boolean[lines * columns];
    Arrays.fill(cells, Cell.blank(Cell.USUAL));
  }

  long get(int line, int column) {
    return cells[line * columns + column];
  }

  void set(int line, int column, long cell) {
    int at = line * columns + column;
    fresh[at] |= cells[at] != cell;
    cells[at] = cell;
  }

  /// Sets a cell that was seen already, for the user typed it.
  void setSeen(int line, int column, long cell) {
    cells[line * columns + column] = cell;
  }

  /// Fills lines from `first` up to, not including, `end`.
  void fill(int first, int end, long cell) {
    for (int line = first; line < end; line++) {
      fillLine(line, 0, cell);
    }
  }

  /// Fills the rest of a line.
  void fillLine(int line, int from, long cell) {
    for (int column = from; column < columns; column++) {
      set(line, column, cell);
    }
  }

  /// Moves all lines from `top` on up by one; what was on `top` is gone.
  void scroll(int top, long blank) {
    int from = (top + 1) * columns;
    int size = cells.length - from;
    System.arraycopy(cells, from, cells, top * columns, size);
    System.arraycopy(fresh, from, fresh, top * columns, size);
    fillLine(lines - 1, 0, blank);
  }

  /// Whether a line has anything to be seen that was not seen yet.
  boolean hasFresh(int line) {
    for (int at = line * columns; at < (line + 1) * columns; at++) {
      if (fresh[at] && !Cell.isBlank(cells[at])) {
        return true;
      }
    }
    return false;
  }

  void markSeen() {
    Arrays.fill(fresh, false);
  }

  /// The column behind the last that is not blank, looking no further back than `from`.
  int end(int line, int from) {
    int end = columns;
    while (end > from && Cell.isBlank(get(line, end - 1))) {
      end--;
    }
    return end;
  }

  /// This grid's content on one of another size.
  ///
  /// @param uppermost lines that stay where they are
  /// @param lost lines below those that are gone
  CellGrid resized(int newLines, int newColumns, int uppermost, int lost) {
    CellGrid grid = new CellGrid(newLines, newColumns);
    for (int line = 0; line < newLines; line++) {
      int from = line < uppermost ? line : line + lost;
      for (int column = 0; from < lines && column < Math.min(columns, newColumns); column++) {
        grid.set(line, column, get(from, column));
      }
    }
    return grid;
  }

  void save(RecordWriter out) {
    out.putLongs(cells);
    for (boolean isFresh : fresh) {
      out.putBoolean(isFresh);
    }
  }

  void restore(RecordReader in) {
    in.getLongs(cells);
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = in.getBoolean();
    }
  }
}
