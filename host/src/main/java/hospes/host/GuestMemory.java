package hospes.host;

import hospes.machine.Message;
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

  // Pages that its balloon is to hold; the thread's that runs it.

  private int wantedByHost;
  private int wantedByUser;

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

  /// Has its balloon driver, if it has one, asked to hold so many pages. Not that of a guest whose
  /// run is to repeat exactly: it would not.
  void setBalloon(int pages) {
    if (guest.settings().policy().clock() == ClockMode.HOST) {
      guest.request(
          () -> {
            wantedByHost = pages;
            if (guest.state() == GuestState.RUNNING) {
              ask();
            }
            return true;
          });
    }
  }

  /// Has it do with a part of its memory; on its owner's thread.
  ///
  /// @throws HostException where it cannot be asked
  void limit(long bytes) {
    long whole = pages * FramePool.FRAME_SIZE;
    if (bytes < FramePool.FRAME_SIZE || bytes > whole) {
      throw new HostException(
          "guest %s has %d bytes of memory: it can be asked to do with %d to %d, not %d"
              .formatted(guest.name(), whole, FramePool.FRAME_SIZE, whole, bytes));
    }
    if (guest.settings().policy().clock() != ClockMode.HOST) {
      throw new HostException(
          "guest %s runs on virtual time, and repeats exactly: nothing is asked of it"
              .formatted(guest.name()));
    }
    if (machine.balloonPages().isEmpty()) {
      throw new NoBalloonException(guest.name());
    }
    wantedByUser = Math.toIntExact((whole - bytes) / FramePool.FRAME_SIZE);
    ask();
  }

  private void ask() {
    int target = Math.max(wantedByHost, wantedByUser);
    machine.machine().inbox().post(new Message.BalloonTarget(target));
  }
}
