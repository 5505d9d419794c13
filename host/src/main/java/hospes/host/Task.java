package hospes.host;

/// A guest in the scheduler's books. Guarded by the scheduler's lock.
final class Task {
  /// Where a task stands.
  enum Phase {
    /// Waits for a processor.
    READY,
    /// Has one.
    RUNNING,
    /// Waits for its alarm, or for somebody who wakes it.
    ASLEEP,
    /// Spent its limit, and waits for its alarm alone.
    THROTTLED,
    /// Somebody does something to it that it must not run during.
    HELD,
    /// Will never run again.
    OVER
  }

  final Slices slices;
  final long number;

  /// Its claim, from the next slice on.
  CpuShare share;

  Phase phase = Phase.ASLEEP;

  /// Time that it had, in nanoseconds, divided by its weight: who has the least comes next.
  long virtualTime;

  /// When it is woken, while [Phase#ASLEEP] or [Phase#THROTTLED].
  long alarm = Long.MAX_VALUE;

  /// From when on its limit lets it run.
  long earliest = Long.MIN_VALUE;

  /// Whether somebody woke it while it ran, or was held.
  boolean woken;

  /// Whether it is to be held after its slice.
  boolean wanted;

  /// Where it goes back to from [Phase#HELD].
  Phase heldFrom = Phase.ASLEEP;

  /// Time that it had, in nanoseconds.
  long used;

  Task(Slices slices, CpuShare share, long number) {
    this.slices = slices;
    this.share = share;
    this.number = number;
  }
}
