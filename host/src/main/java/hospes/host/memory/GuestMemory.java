package hospes.host.memory;

import hospes.host.HostException;
import hospes.host.schedule.Scheduler;
import hospes.host.schedule.Task;
import hospes.memory.FrameTable;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;

/// A range of a guest's memory as those see it who look after it, while the guest does not run.
final class GuestMemory {
  private final Tenant guest;
  private final int range;
  private final Scheduler scheduler;
  private final Task task;

  /// Pages of memory that it was promised.
  final long pages;

  // How far the merger is with it; the thread's that merges.

  /// Rounds through its memory that are to be made.
  int roundsDue;

  /// [#used] when rounds became due the last time.
  long usedThen;

  /// Nanoseconds that the round that goes on took so far.
  long roundTook;

  /// Nanoseconds that the last whole round took.
  long lastRound;

  /// Pages that gave up their frames, or are kept for others, in the round that goes on.
  long found;

  /// The number of the round that goes on.
  int round;

  /// A guest in the hands of a scheduler.
  GuestMemory(Tenant guest, int range, Scheduler scheduler, Task task) {
    this.guest = guest;
    this.range = range;
    this.scheduler = scheduler;
    this.task = task;
    pages = guest.frames().get(range).pages();
  }

  Tenant guest() {
    return guest;
  }

  /// Whether it is the first range, by which the guest is asked for memory.
  boolean isFirst() {
    return range == 0;
  }

  /// Does something with its memory while it does not run. What is asked of the guest waits, so it
  /// should take some 100 microseconds.
  ///
  /// @param patience nanoseconds to wait for the end of its slice
  /// @return the answer; empty where it cannot be had now
  Optional<Integer> whileAtRest(long patience, ToIntFunction<FrameTable> action)
      throws InterruptedException {
    if (guest.hasEnded()) {
      return afterItsEnd(action);
    }
    if (!scheduler.hold(task, patience)) {
      return Optional.empty();
    }
    try {
      return Optional.of(action.applyAsInt(guest.frames().get(range)));
    } finally {
      scheduler.letGo(task);
    }
  }

  private Optional<Integer> afterItsEnd(ToIntFunction<FrameTable> action)
      throws InterruptedException {
    try {
      return guest.afterItsEnd(range, action).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new HostException(
          "guest %s failed: %s".formatted(guest.name(), failure.getCause()), failure);
    }
  }

  /// Host time that the guest had, in nanoseconds.
  long used() {
    return scheduler.used(task);
  }

  /// Asks its balloon driver, if it has one, to hold so many pages.
  void setBalloon(int wanted) {
    guest.setBalloon(wanted);
  }
}
