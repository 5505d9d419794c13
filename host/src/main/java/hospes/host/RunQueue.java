package hospes.host;

import hospes.host.Task.Phase;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides which task runs next. Knows no clock and no thread: it is told what time it is, and by
/// one thread at a time.
///
/// **Weights.** Every task has a virtual time, which advances by the time that it had, divided by
/// its weight; the one that is furthest behind comes next. A task goes on as long as nobody is
/// behind it by more than [#GRANULARITY], so that competitors do not drive each other's data out of
/// the processor's caches more often than need be.
///
/// **Sleepers.** A task that was asleep comes back at most [#CREDIT] behind the others: it is
/// served soon, and cannot save up time to take it all at once later.
///
/// **Limits.** A task with a limit owes a pause after each slice, so long that both together keep
/// to the limit; [#BURST] of it is forgiven, so that one that sleeps much is answered at once.
///
/// **Holding.** A task that does not run can be held for a moment. It keeps its turn, its alarm and
/// what it owes; what wakes it meanwhile does so afterwards.
final class RunQueue {
  /// Virtual nanoseconds by which a running task may be ahead of the next one.
  static final long GRANULARITY = 1_500_000;

  /// Virtual nanoseconds by which a sleeper comes back ahead of its turn.
  static final long CREDIT = 5_000_000;

  /// Virtual nanoseconds by which anybody can be behind.
  private static final long MAX_LAG = 100_000_000;

  /// Nanoseconds of pause that a task with a limit may owe.
  private static final long BURST = 20_000_000;

  private final TreeSet<Task> ready =
      new TreeSet<>(
          Comparator.<Task>comparingLong(task -> task.virtualTime)
              .thenComparingLong(task -> task.number));
  private final TreeSet<Task> alarms =
      new TreeSet<>(
          Comparator.<Task>comparingLong(task -> task.alarm)
              .thenComparingLong(task -> task.number));

  /// The virtual time of the task that was served last, where that is progress.
  private long served;

  /// A new task gets its first turn soon.
  void add(Task task) {
    task.virtualTime = served;
    makeReady(task);
  }

  /// The next task, which runs now; `null` where none is ready.
  @Nullable Task next(long now) {
    rouseWhoIsDue(now);
    Task first = ready.pollFirst();
    if (first != null) {
      first.phase = Phase.RUNNING;
      served = Math.max(served, first.virtualTime);
    }
    return first;
  }

  private void rouseWhoIsDue(long now) {
    while (nextAlarm() <= now) {
      Task due = alarms.removeFirst();
      due.alarm = Long.MAX_VALUE;
      rouse(due);
    }
  }

  /// Whether a task waits for a processor.
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /// When the next task is woken by its alarm; [Long#MAX_VALUE] for never.
  long nextAlarm() {
    return alarms.isEmpty() ? Long.MAX_VALUE : alarms.first().alarm;
  }

  /// Takes a task back that ran from `start` to `now`.
  ///
  /// @return whether it may go on at once, on the same processor
  boolean ran(Task task, long start, long now, Turn turn) {
    boolean goesOn = settle(task, start, now, turn);
    if (!task.wanted || task.phase == Phase.OVER) {
      return goesOn;
    }
    if (goesOn) {
      makeReady(task);
    }
    setAside(task);
    return false;
  }

  private boolean settle(Task task, long start, long now, Turn turn) {
    long time = Math.max(0, now - start);
    task.used += time;
    task.virtualTime += time * CpuShare.DEFAULT_WEIGHT / task.share.weight();
    if (task.share.limit() < 1) {
      long from = Math.max(task.earliest, start - BURST);
      task.earliest = from + (long) (time / task.share.limit());
    }
    boolean woken = task.woken;
    task.woken = false;
    rouseWhoIsDue(now);
    switch (turn) {
      case Turn.Over() -> task.phase = Phase.OVER;
      case Turn.Sleep(long until) when !woken && until > now ->
          sleep(task, Phase.ASLEEP, Math.max(until, task.earliest));
      case Turn.Sleep _, Turn.Again _ -> {
        if (task.earliest > now) {
          sleep(task, Phase.THROTTLED, task.earliest);
        } else if (comesNext(task)) {
          return true;
        } else {
          makeReady(task);
        }
      }
    }
    return false;
  }

  private boolean comesNext(Task task) {
    if (ready.isEmpty()) {
      served = Math.max(served, task.virtualTime);
      return true;
    }
    long first = ready.first().virtualTime;
    served = Math.max(served, Math.min(first, task.virtualTime));
    return task.virtualTime <= first + GRANULARITY;
  }

  /// Wakes a task that sleeps; one that runs will not fall asleep after its slice.
  void wake(Task task, long now) {
    switch (task.phase) {
      case RUNNING, HELD -> task.woken = true;
      case ASLEEP -> {
        alarms.remove(task);
        if (task.earliest > now) {
          sleep(task, Phase.THROTTLED, task.earliest);
        } else {
          task.alarm = Long.MAX_VALUE;
          rouse(task);
        }
      }
      case READY, THROTTLED, OVER -> {}
    }
  }

  /// Gives a task another claim. What it owes under its old limit is forgiven, so that it need not
  /// serve a pause that the new one would not have asked for.
  void update(Task task, CpuShare share, long now) {
    task.share = share;
    task.earliest = Long.MIN_VALUE;
    if (task.phase == Phase.THROTTLED) {
      alarms.remove(task);
      task.alarm = Long.MAX_VALUE;
      rouse(task);
    } else if (task.phase == Phase.HELD && task.heldFrom == Phase.THROTTLED) {
      task.alarm = now;
    }
  }

  /// Takes a task that does not run out of its turn until it is [let go][#letGo]. One that runs is
  /// held after its slice: then ask again. By one holder at a time.
  ///
  /// @return whether it is held now
  boolean hold(Task task) {
    switch (task.phase) {
      case RUNNING -> task.wanted = true;
      case READY, ASLEEP, THROTTLED -> setAside(task);
      case HELD, OVER -> {}
    }
    return task.phase == Phase.HELD;
  }

  private void setAside(Task task) {
    task.wanted = false;
    ready.remove(task);
    alarms.remove(task);
    task.heldFrom = task.phase;
    task.phase = Phase.HELD;
  }

  /// Has a task back in the place that it was held from.
  void letGo(Task task, long now) {
    Phase from = task.heldFrom;
    boolean woken = task.woken;
    task.woken = false;
    switch (from) {
      case READY -> makeReady(task);
      case ASLEEP, THROTTLED -> {
        sleep(task, from, task.alarm);
        if (woken) {
          wake(task, now);
        }
      }
      case RUNNING, HELD, OVER -> throw new IllegalStateException("held from " + from);
    }
  }

  private void sleep(Task task, Phase phase, long until) {
    task.phase = phase;
    task.alarm = until;
    if (until != Long.MAX_VALUE) {
      alarms.add(task);
    }
  }

  private void rouse(Task task) {
    task.virtualTime = Math.max(task.virtualTime, served - CREDIT);
    makeReady(task);
  }

  private void makeReady(Task task) {
    task.virtualTime = Math.max(task.virtualTime, served - MAX_LAG);
    task.phase = Phase.READY;
    ready.add(task);
  }
}
