package hospes.host;

import hospes.machine.Delivery;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// A guest as those see it who look after its memory, while it does not run.
final class GuestMemory {
  private final Guest guest;
  private final GuestMachine machine;
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
  GuestMemory(Guest guest, GuestMachine machine, Scheduler scheduler, Task task) {
    this.guest = guest;
    this.machine = machine;
    this.scheduler = scheduler;
    this.task = task;
    pages = machine.description().memoryBytes() / FramePool.FRAME_SIZE;
  }

  Guest guest() {
    return guest;
  }

  /// Does something with its memory while it does not run. What is asked of the guest waits, so it
  /// should take some 100 microseconds.
  ///
  /// @param patience nanoseconds to wait for the end of its slice
  /// @return the answer; empty where it cannot be had now, or has no memory of this kind
  Optional<Integer> whileAtRest(long patience, ToIntFunction<FrameTable> action)
      throws InterruptedException {
    if (guest.state() == GuestState.STOPPED) {
      return afterItsEnd(action);
    }
    if (!scheduler.hold(task, patience)) {
      return Optional.empty();
    }
    try {
      return machine.memory().map(action::applyAsInt);
    } finally {
      scheduler.letGo(task);
    }
  }

  /// Nobody runs a guest that has ended, and its memory stays until it is closed: whoever wants
  /// something of it does that himself, one at a time.
  private Optional<Integer> afterItsEnd(ToIntFunction<FrameTable> action)
      throws InterruptedException {
    return Requests.answer(
        guest.name(),
        guest.request(
            () ->
                guest.isClosed()
                    ? Optional.<Integer>empty()
                    : machine.memory().map(action::applyAsInt)));
  }

  /// Host time that the guest had, in nanoseconds.
  long used() {
    return scheduler.used(task);
  }

  /// Asks its balloon driver, if it has one, to hold so many pages. Not a guest whose run is to
  /// repeat exactly: it would not.
  void setBalloon(int pages) {
    if (guest.settings().policy().clock() == ClockMode.HOST) {
      guest.request(
          () -> {
            if (guest.state() == GuestState.RUNNING) {
              machine.machine().inbox().post(Delivery.balloon(pages));
            }
            return true;
          });
    }
  }
}
