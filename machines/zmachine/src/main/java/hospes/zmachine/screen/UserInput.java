package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.zmachine.screen.Keyboard.EditKey;
import hospes.zmachine.screen.Keyboard.Event;
import hospes.zmachine.screen.Screen.LineEnd;
import hospes.zmachine.text.Zscii;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What the user types, as the keys and lines that a story asks for. Z-Machine Standards 1.1, 10.
///
/// A story begins to wait with [#beginLine] or [#beginKey]; it has what it waits for when
/// [#pollLine] or [#pollKey] gives something. What is typed meanwhile is kept.
public final class UserInput implements Stateful {
  private static final int MOST_WAITING = 1 << 16;
  private static final int CHARACTERS = 256;
  private static final int FIRST_FUNCTION = Zscii.CURSOR_UP;
  private static final int KEYPAD_9 = Zscii.KEYPAD_0 + 9;

  private final Screen screen;
  private final Zscii zscii;
  private final Keyboard keyboard = new Keyboard();
  private final LineEditor editor = new LineEditor();
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private final boolean[] terminates = new boolean[CHARACTERS];
  private int[] line = {};
  private boolean readsLine;

  // Where keys arrive in lines: a story that reads keys has begun one, and the rest of it is not
  // for a story that reads lines.
  private boolean lineOfKeys;
  private boolean skipsLine;

  /// @param screen on which the user sees what is typed
  public UserInput(Screen screen, Zscii zscii) {
    this.screen = screen;
    this.zscii = zscii;
  }

  /// Takes bytes from the console: UTF-8, and a terminal's sequences for other keys.
  public void type(byte[] bytes) {
    keyboard.type(bytes, this::take);
  }

  private void take(Event event) {
    if (event instanceof Event.Edit(EditKey key) && key == EditKey.REDRAW) {
      resize(screen.lines(), screen.columns());
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(event);
    }
  }

  /// The terminal has another size: the screen has it then, and shows everything anew.
  public void resize(int lines, int columns) {
    screen.resize(lines, columns);
    showLine();
  }

  /// The story waits for a line.
  ///
  /// @param capacity most characters that it takes
  /// @param preloaded ZSCII that the story has printed as the line's beginning
  /// @param terminators which function keys, told by their ZSCII, end the line
  public void beginLine(int capacity, int[] preloaded, IntPredicate terminators) {
    for (int key = 0; key < CHARACTERS; key++) {
      terminates[key] = key >= FIRST_FUNCTION && terminators.test(key);
    }
    skipsLine |= lineOfKeys;
    lineOfKeys = false;
    readsLine = true;
    editor.begin(capacity, Arrays.stream(preloaded).map(this::shown).toArray());
    screen.awaitLine(preloaded.length);
    showLine();
  }

  private int shown(int character) {
    int codePoint = zscii.toUnicode(character);
    return Zscii.isPrintable(codePoint) ? codePoint : '?';
  }

  /// The ZSCII of the key that ended the line, once one did; [#line] is the line then.
  public OptionalInt pollLine() {
    boolean changed = false;
    OptionalInt end = OptionalInt.empty();
    Event event;
    while (end.isEmpty() && (event = next()) != null) {
      if (skipsLine) {
        skipsLine = !isNewLine(event);
      } else {
        changed = true;
        end = edit(event);
      }
    }
    if (end.isPresent()) {
      endLine(end.getAsInt() == Zscii.NEW_LINE ? LineEnd.NEW_LINE : LineEnd.STAY);
    } else if (changed) {
      showLine();
    }
    return end;
  }

  private static boolean isNewLine(Event event) {
    return event instanceof Event.Function(int key) && key == Zscii.NEW_LINE;
  }

  private OptionalInt edit(Event event) {
    switch (event) {
      case Event.Typed(int codePoint) ->
          editor.type(zscii.fromUnicode(codePoint) == 0 ? '?' : codePoint);
      case Event.Edit(EditKey key) -> editor.edit(key);
      case Event.Function(int key) -> {
        if (key == Zscii.NEW_LINE || terminates[key]) {
          return OptionalInt.of(key);
        }
        if (key >= Zscii.KEYPAD_0 && key <= KEYPAD_9) {
          editor.type('0' + key - Zscii.KEYPAD_0);
        } else {
          editor.function(key);
        }
      }
    }
    return OptionalInt.empty();
  }

  private void endLine(LineEnd end) {
    readsLine = false;
    editor.finish();
    int[] text = editor.line();
    line = Arrays.stream(text).map(zscii::fromUnicode).toArray();
    screen.endLine(text, end);
  }

  /// The line that was read last, in ZSCII.
  public int[] line() {
    return line.clone();
  }

  /// The story waits no longer: [#line] is what was typed so far.
  public void abandonLine() {
    endLine(LineEnd.STAY);
  }

  /// A routine of the story interrupts the user.
  public void suspend() {
    screen.showLine(new int[0], 0);
  }

  /// The story waits on, after a routine interrupted the user.
  public void resume() {
    screen.awaitAgain();
    showLine();
  }

  private void showLine() {
    if (readsLine) {
      screen.showLine(editor.line(), editor.cursor());
    }
  }

  /// The story waits for a key.
  public void beginKey() {
    screen.awaitKey();
  }

  /// The ZSCII of a key, once one was pressed.
  public OptionalInt pollKey() {
    Event event;
    while ((event = next()) != null) {
      if (skipsLine) {
        skipsLine = !isNewLine(event);
      } else if (isNewLine(event) && lineOfKeys) {
        lineOfKeys = false;
      } else {
        int key = key(event);
        if (key != 0) {
          lineOfKeys = !screen.takesSingleKeys() && key != Zscii.NEW_LINE;
          screen.endKey();
          return OptionalInt.of(key);
        }
      }
    }
    return OptionalInt.empty();
  }

  private int key(Event event) {
    return switch (event) {
      case Event.Typed(int codePoint) -> {
        int character = zscii.fromUnicode(codePoint);
        yield character == 0 ? '?' : character;
      }
      case Event.Function(int key) -> key;
      case Event.Edit _ -> 0;
    };
  }

  /// The next key for the story; the screen takes those that turn its pages.
  private @Nullable Event next() {
    while (screen.isPaused() && !waiting.isEmpty()) {
      waiting.remove();
      screen.turnPage();
    }
    return waiting.poll();
  }

  @Override
  public String recordName() {
    return "input";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    keyboard.save(out);
    editor.save(out);
    out.putInt(waiting.size());
    waiting.forEach(event -> EventRecord.put(out, event));
    for (boolean ends : terminates) {
      out.putBoolean(ends);
    }
    out.putInt(line.length);
    for (int character : line) {
      out.putInt(character);
    }
    out.putBoolean(readsLine);
    out.putBoolean(lineOfKeys);
    out.putBoolean(skipsLine);
  }

  @Override
  public void restore(RecordReader in) {
    keyboard.restore(in);
    editor.restore(in);
    waiting.clear();
    int count = in.getCount(MOST_WAITING);
    for (int i = 0; i < count; i++) {
      waiting.add(EventRecord.get(in));
    }
    for (int key = 0; key < CHARACTERS; key++) {
      terminates[key] = in.getBoolean();
    }
    line = new int[in.getCount(LineEditor.MOST)];
    for (int i = 0; i < line.length; i++) {
      line[i] = in.getCount(CHARACTERS - 1);
    }
    readsLine = in.getBoolean();
    lineOfKeys = in.getBoolean();
    skipsLine = in.getBoolean();
  }
}
