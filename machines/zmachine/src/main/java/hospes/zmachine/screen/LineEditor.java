package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.zmachine.screen.Keyboard.EditKey;
import hospes.zmachine.text.Zscii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A line that the user types and changes, and those typed before. Characters are of Unicode.
final class LineEditor {
  /// Most characters in a line.
  static final int MOST = 255;

  private static final int MOST_REMEMBERED = 100;

  private final List<int[]> history = new ArrayList<>();
  private int[] characters = {};
  private int cursor;
  private int capacity;
  private int remembered;

  /// Begins a line.
  void begin(int mostCharacters, int[] initial) {
    capacity = Math.clamp(mostCharacters, 0, MOST);
    replace(Arrays.copyOf(initial, Math.min(initial.length, capacity)));
    remembered = history.size();
  }

  int[] line() {
    return characters.clone();
  }

  int cursor() {
    return cursor;
  }

  /// The line is finished: it can be asked for again.
  void finish() {
    if (characters.length > 0
        && (history.isEmpty() || !Arrays.equals(history.getLast(), characters))) {
      history.add(characters);
      if (history.size() > MOST_REMEMBERED) {
        history.removeFirst();
      }
    }
  }

  void type(int codePoint) {
    if (characters.length < capacity) {
      int[] longer = Arrays.copyOf(characters, characters.length + 1);
      System.arraycopy(characters, cursor, longer, cursor + 1, characters.length - cursor);
      longer[cursor++] = codePoint;
      characters = longer;
    }
  }

  /// Takes a key that stories know by its number.
  void function(int zscii) {
    switch (zscii) {
      case Zscii.DELETE -> delete(cursor - 1, cursor);
      case Zscii.CURSOR_LEFT -> cursor = Math.max(0, cursor - 1);
      case Zscii.CURSOR_RIGHT -> cursor = Math.min(characters.length, cursor + 1);
      case Zscii.CURSOR_UP -> recall(remembered - 1);
      case Zscii.CURSOR_DOWN -> recall(remembered + 1);
      case Zscii.ESCAPE -> replace(new int[0]);
      default -> {}
    }
  }

  void edit(EditKey key) {
    switch (key) {
      case HOME -> cursor = 0;
      case END -> cursor = characters.length;
      case DELETE_NEXT -> delete(cursor, cursor + 1);
      case DELETE_TO_START -> delete(0, cursor);
      case DELETE_WORD -> delete(wordStart(), cursor);
      case REDRAW -> {}
    }
  }

  private int wordStart() {
    int start = cursor;
    while (start > 0 && characters[start - 1] == ' ') {
      start--;
    }
    while (start > 0 && characters[start - 1] != ' ') {
      start--;
    }
    return start;
  }

  private void delete(int from, int to) {
    if (from < 0 || to > characters.length) {
      return;
    }
    int[] shorter = Arrays.copyOf(characters, characters.length - (to - from));
    System.arraycopy(characters, to, shorter, from, characters.length - to);
    characters = shorter;
    cursor = from;
  }

  private void recall(int which) {
    if (which >= 0 && which < history.size()) {
      int[] line = history.get(which);
      replace(Arrays.copyOf(line, Math.min(line.length, capacity)));
      remembered = which;
    } else if (which == history.size()) {
      replace(new int[0]);
      remembered = which;
    }
  }

  private void replace(int[] line) {
    characters = line;
    cursor = line.length;
  }

  void save(RecordWriter out) {
    out.putInt(history.size());
    history.forEach(line -> put(out, line));
    put(out, characters);
    out.putInt(cursor);
    out.putInt(capacity);
    out.putInt(remembered);
  }

  void restore(RecordReader in) {
    history.clear();
    int count = in.getCount(MOST_REMEMBERED);
    for (int i = 0; i < count; i++) {
      history.add(get(in));
    }
    characters = get(in);
    cursor = in.getCount(characters.length);
    capacity = in.getCount(MOST);
    remembered = in.getCount(count);
  }

  private static void put(RecordWriter out, int[] line) {
    out.putInt(line.length);
    for (int codePoint : line) {
      out.putInt(codePoint);
    }
  }

  private static int[] get(RecordReader in) {
    int[] line = new int[in.getCount(MOST)];
    for (int i = 0; i < line.length; i++) {
      line[i] = in.getCount(Character.MAX_CODE_POINT);
    }
    return line;
  }
}
