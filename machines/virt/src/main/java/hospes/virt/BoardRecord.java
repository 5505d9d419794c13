package hospes.virt;

import hospes.guests.RefusedException;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;

/// What a board is made of, so that no other one takes over its state, and the state that is none
/// of its devices'.
///
/// @param spec what it is made of
/// @param turns the turns of its harts
/// @param consoles which of its consoles spoke last
/// @param tohost where its program says how it ended
record BoardRecord(VirtSpec spec, HartTurns turns, ConsoleSwitch consoles, TohostWatch tohost)
    implements Stateful {
  @Override
  public String recordName() {
    return "virt";
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(spec.harts());
    out.putLong(spec.memoryBytes());
    turns.save(out);
    consoles.save(out);
    out.putLong(tohost.address());
  }

  @Override
  public void restore(RecordReader in) {
    if (in.getInt() != spec.harts() || in.getLong() != spec.memoryBytes()) {
      throw new SnapshotException(
          "the snapshot is of a board with other harts or memory than this one");
    }
    turns.restore(in);
    consoles.restore(in);
    try {
      tohost.watch(in.getLong());
    } catch (RefusedException nowhere) {
      throw new SnapshotException("the snapshot is damaged: tohost is not in RAM", nowhere);
    }
  }
}
