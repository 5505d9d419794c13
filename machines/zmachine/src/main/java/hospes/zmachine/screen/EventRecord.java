package hospes.zmachine.screen;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.zmachine.screen.Keyboard.EditKey;
import hospes.zmachine.screen.Keyboard.Event;

/// Keys that wait for the story, in a snapshot: a kind and a value.
final class EventRecord {
  private static final int TYPED = 0;
  private static final int FUNCTION = 1;
  private static final int EDIT = 2;

  private EventRecord() {}

  static void put(RecordWriter out, Event event) {
    switch (event) {
      case Event.Typed(int codePoint) -> put(out, TYPED, codePoint);
      case Event.Function(int zscii) -> put(out, FUNCTION, zscii);
      case Event.Edit(EditKey key) -> put(out, EDIT, key.ordinal());
    }
  }

  private static void put(RecordWriter out, int kind, int value) {
    out.putInt(kind);
    out.putInt(value);
  }

  static Event get(RecordReader in) {
    int kind = in.getInt();
    return switch (kind) {
      case TYPED -> new Event.Typed(in.getCount(Character.MAX_CODE_POINT));
      case FUNCTION -> new Event.Function(in.getCount(0xff));
      case EDIT -> new Event.Edit(EditKey.values()[in.getCount(EditKey.values().length - 1)]);
      default ->
          throw new SnapshotException("record input is damaged: a key of kind %d".formatted(kind));
    };
  }
}
