package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;

/// Which story a machine plays, so that the state of one is not taken for that of another.
record StoryFingerprint(Story story) implements Stateful {
  @Override
  public String recordName() {
    return "zmachine";
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(story.length());
    out.putLong(story.fingerprint());
  }

  @Override
  public void restore(RecordReader in) {
    if (in.getInt() != story.length() || in.getLong() != story.fingerprint()) {
      throw new SnapshotException("the snapshot is of another story than this one");
    }
  }
}
