package hospes.host.template;

import hospes.host.ports.Scrollback;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;

/// What makes a snapshot a template.
///
/// @param key the whole [key][TemplateKey#text]
/// @param screen what its user is shown when a guest starts from it
record TemplateRecord(String key, byte[] screen) {
  private static final String NAME = "template";
  private static final int VERSION = 1;

  /// @throws SnapshotException where there is none, or it is damaged
  static TemplateRecord of(Snapshot state) {
    RecordReader in = state.reader(NAME, VERSION);
    return new TemplateRecord(in.getString(), in.getBytes(in.getCount(Scrollback.CAPACITY)));
  }

  StateRecord toRecord() {
    RecordWriter out = new RecordWriter();
    out.putString(key);
    out.putInt(screen.length);
    out.putBytes(screen);
    return new StateRecord(NAME, VERSION, out.toByteArray());
  }
}
