package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import hospes.machine.TrapException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Routines that interrupt the user while a story waits for input. A routine may wait for input
/// itself, and be interrupted. Z-Machine Standards 1.1, 15 (read).
final class Interruptions implements Stateful {
  private static final long NANOSECONDS = 100_000_000;
  private static final int MOST = 64;

  /// A story that waits while a routine is executed.
  ///
  /// @param pc where the story goes on
  /// @param depth how many calls were going on
  private record Suspended(Request request, long pc, int depth) {}

  private final ZProcessor core;
  private final Deque<Suspended> suspended = new ArrayDeque<>();

  /// When the next interruption is due, in guest time; [Long#MAX_VALUE] for never.
  private long due = Long.MAX_VALUE;

  Interruptions(ZProcessor core) {
    this.core = core;
  }

  /// The story begins to wait.
  void begin(Request.Timeout timeout, long now) {
    due = timeout.isSet() ? now + timeout.tenths() * NANOSECONDS : Long.MAX_VALUE;
  }

  /// The story waits no more.
  void end() {
    due = Long.MAX_VALUE;
  }

  /// When the next interruption is due, in guest time.
  long due() {
    return due;
  }

  /// Whether any routine interrupts the user now.
  boolean isInterrupting() {
    return !suspended.isEmpty();
  }

  /// Has a routine executed instead of waiting.
  void interrupt(Request request, Request.Timeout timeout) {
    if (suspended.size() == MOST) {
      throw new TrapException(new ZTrap.StackOverflow());
    }
    end();
    suspended.push(new Suspended(request, core.pc, core.calls.depth()));
    core.request = null;
    core.pc = core.enter(timeout.routine(), ZProcessor.INTERRUPTED, 0, ZProcessor.INTERRUPT_RESULT);
  }

  /// Forgets what will never be gone on with, for the routine that interrupted it has thrown to
  /// somewhere below.
  void drop() {
    while (core.pc != ZProcessor.INTERRUPTED
        && !suspended.isEmpty()
        && suspended.element().depth() >= core.calls.depth()) {
      suspended.pop();
    }
  }

  /// The routine has returned: what was interrupted goes on. Returns the request, which waits
  /// again.
  Optional<Request> resume() {
    Suspended latest = suspended.poll();
    if (latest == null) {
      return Optional.empty();
    }
    core.pc = latest.pc();
    core.request = latest.request();
    return Optional.of(latest.request());
  }

  void clear() {
    suspended.clear();
    end();
  }

  @Override
  public String recordName() {
    return "interruptions";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(due);
    out.putInt(suspended.size());
    for (Suspended one : suspended) {
      RequestRecords.save(out, one.request());
      out.putLong(one.pc());
      out.putInt(one.depth());
    }
  }

  @Override
  public void restore(RecordReader in) {
    due = in.getLong();
    suspended.clear();
    int count = in.getCount(MOST);
    for (int i = 0; i < count; i++) {
      @Nullable Request request = RequestRecords.restore(in);
      if (request == null) {
        throw new SnapshotException("the snapshot is damaged: nothing was interrupted");
      }
      suspended.addLast(new Suspended(request, in.getLong(), in.getCount(CallStack.MOST_CALLS)));
    }
  }
}
