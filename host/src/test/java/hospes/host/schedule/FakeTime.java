package hospes.host.schedule;

import java.util.concurrent.locks.Condition;

/// A clock that moves by `step` whenever it is read, and by the whole wait when somebody waits.
public final class FakeTime implements HostTime {
  private final long step;
  private long now;
  private long slept;

  /// @param step nanoseconds by which it moves when it is read
  public FakeTime(long step) {
    this.step = step;
  }

  @Override
  public synchronized long nanoseconds() {
    now += step;
    return now;
  }

  @Override
  public synchronized void await(Condition changed, long nanoseconds) {
    now += nanoseconds;
    slept += nanoseconds;
  }

  /// How long somebody waited, in nanoseconds.
  public synchronized long slept() {
    return slept;
  }
}
