package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What a story saved to be undone, the latest first. Where it takes too much room, the oldest is
/// forgotten.
final class UndoHistory implements Stateful {
  private static final int MOST_STATES = 500;
  private static final int MOST_BYTES = 8 << 20;

  private final Deque<byte[]> states = new ArrayDeque<>();
  private int bytes;

  void push(byte[] state) {
    states.push(state);
    bytes += state.length;
    while (states.size() > MOST_STATES || states.size() > 1 && bytes > MOST_BYTES) {
      bytes -= states.removeLast().length;
    }
  }

  Optional<byte[]> pop() {
    byte[] state = states.poll();
    if (state == null) {
      return Optional.empty();
    }
    bytes -= state.length;
    return Optional.of(state);
  }

  @Override
  public String recordName() {
    return "undo";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(states.size());
    for (byte[] state : states) {
      out.putInt(state.length);
      out.putBytes(state);
    }
  }

  @Override
  public void restore(RecordReader in) {
    states.clear();
    bytes = 0;
    int count = in.getCount(MOST_STATES);
    for (int i = 0; i < count; i++) {
      byte[] state = in.getBytes(in.getCount(Integer.MAX_VALUE));
      states.addLast(state);
      bytes += state.length;
    }
  }
}
