package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.zmachine.text.Zscii;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Makes keys of the bytes that a terminal sends: characters in UTF-8, and the sequences of
/// function keys. A byte sequence that is none of these is ignored, or read as question marks.
final class Keyboard {
  private static final int ESCAPE = 0x1b;

  /// Bytes that a sequence can have.
  private static final int MOST = 32;

  private final byte[] pending = new byte[MOST];
  private int length;
  private boolean afterReturn;

  /// A key that a terminal sends.
  sealed interface Event {
    /// A character.
    record Typed(int codePoint) implements Event {}

    /// A key that is no character: its ZSCII.
    record Function(int zscii) implements Event {}

    /// A key that edits a line.
    record Edit(EditKey key) implements Event {}
  }

  /// Keys that edit a line, and mean nothing to stories.
  enum EditKey {
    HOME,
    END,
    DELETE_NEXT,
    DELETE_TO_START,
    DELETE_WORD,
    REDRAW
  }

  /// Takes bytes that arrived together. An escape at their end is the escape key.
  void type(byte[] bytes, Consumer<Event> events) {
    for (byte value : bytes) {
      take(value, events);
    }
    if (length == 1 && pending[0] == ESCAPE) {
      length = 0;
      events.accept(new Event.Function(Zscii.ESCAPE));
    }
  }

  private void take(byte value, Consumer<Event> events) {
    // Files made elsewhere end lines with both.
    boolean isSecondOfPair = value == '\n' && afterReturn;
    afterReturn = value == '\r';
    if (isSecondOfPair) {
      return;
    }
    if (length == 0) {
      begin(value & 0xff, value, events);
    } else if (pending[0] == ESCAPE) {
      continueSequence(value, events);
    } else {
      continueCharacter(value, events);
    }
  }

  private void begin(int first, byte value, Consumer<Event> events) {
    if (first == ESCAPE || first >= 0xc2 && first <= 0xf4) {
      pending[length++] = value;
    } else if (first >= 0x80) {
      events.accept(new Event.Typed('?'));
    } else {
      control(first, events);
    }
  }

  private static void control(int first, Consumer<Event> events) {
    switch (first) {
      case '\r', '\n' -> events.accept(new Event.Function(Zscii.NEW_LINE));
      case 0x08, 0x7f -> events.accept(new Event.Function(Zscii.DELETE));
      case 0x01 -> events.accept(new Event.Edit(EditKey.HOME));
      case 0x05 -> events.accept(new Event.Edit(EditKey.END));
      case 0x04 -> events.accept(new Event.Edit(EditKey.DELETE_NEXT));
      case 0x0c -> events.accept(new Event.Edit(EditKey.REDRAW));
      case 0x15 -> events.accept(new Event.Edit(EditKey.DELETE_TO_START));
      case 0x17 -> events.accept(new Event.Edit(EditKey.DELETE_WORD));
      case '\t' -> events.accept(new Event.Typed(' '));
      default -> {
        if (first >= ' ') {
          events.accept(new Event.Typed(first));
        }
      }
    }
  }

  private void continueCharacter(byte value, Consumer<Event> events) {
    if ((value & 0xc0) != 0x80) {
      length = 0;
      events.accept(new Event.Typed('?'));
      take(value, events);
      return;
    }
    pending[length++] = value;
    int first = pending[0] & 0xff;
    int needed = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == needed) {
      int codePoint = first & 0xff >>> needed + 1;
      for (int i = 1; i < needed; i++) {
        codePoint = codePoint << 6 | pending[i] & 0x3f;
      }
      length = 0;
      boolean isShort = needed == 3 && codePoint < 0x800 || needed == 4 && codePoint < 0x10000;
      boolean isPrintable =
          !isShort && codePoint <= Character.MAX_CODE_POINT && Zscii.isPrintable(codePoint);
      events.accept(new Event.Typed(isPrintable ? codePoint : '?'));
    }
  }

  private void continueSequence(byte value, Consumer<Event> events) {
    if (length == 1 && value != '[' && value != 'O') {
      length = 0;
      events.accept(new Event.Function(Zscii.ESCAPE));
      take(value, events);
      return;
    }
    pending[length++] = value;
    boolean ends = length > 2 && value >= 0x40 && value <= 0x7e;
    if (ends) {
      String sequence = new String(pending, 1, length - 1, StandardCharsets.ISO_8859_1);
      length = 0;
      KeySequences.read(sequence, events);
    } else if (length == MOST) {
      length = 0;
    }
  }

  void save(RecordWriter out) {
    out.putInt(length);
    out.putBytes(Arrays.copyOf(pending, length));
    out.putBoolean(afterReturn);
  }

  void restore(RecordReader in) {
    length = in.getCount(MOST - 1);
    System.arraycopy(in.getBytes(length), 0, pending, 0, length);
    afterReturn = in.getBoolean();
  }
}
