package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.Arrays;

/// A word that is still being printed: it may turn out not to fit on the line.
final class WordBuffer {
  /// No line is longer.
  private static final int MOST = 256;

  private final long[] cells = new long[MOST];
  private int length;

  int length() {
    return length;
  }

  long get(int index) {
    return cells[index];
  }

  boolean isFull() {
    return length == MOST;
  }

  /// Whether a line can be broken in front of this character.
  boolean endsBefore(int codePoint) {
    if (codePoint == ' ') {
      return true;
    }
    return length > 0 && codePoint != '-' && Cell.codePoint(cells[length - 1]) == '-';
  }

  void add(long cell) {
    cells[length++] = cell;
  }

  void clear() {
    length = 0;
  }

  void save(RecordWriter out) {
    out.putInt(length);
    out.putLongs(Arrays.copyOf(cells, length));
  }

  void restore(RecordReader in) {
    length = in.getCount(MOST);
    for (int i = 0; i < length; i++) {
      cells[i] = in.getLong();
    }
  }
}
