package hospes.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Shares the time of a few host threads among guests, slice by slice.
///
/// A guest runs on one thread at a time, not always on the same; what one thread did to it is seen
/// by the next. Sleeping guests have no thread and are not looked at: one idle thread waits for the
/// earliest alarm, the others for a guest that is woken.
final class Scheduler implements AutoCloseable {
  /// How long a guest runs before others are looked for.
  static final long SLICE_NANOSECONDS = 1_500_000;

  /// The same where others wait already.
  static final long SHORT_SLICE_NANOSECONDS = 500_000;

  private final HostTime time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// A task is held that was waited for, or is over.
  private final Condition held = lock.newCondition();

  private final RunQueue queue = new RunQueue();
  private final List<Thread> threads = new ArrayList<>();
  private final int cpus;
  private long tasks;
  private boolean closed;

  /// The thread that waits for the next alarm.
  private @Nullable Thread leader;

  /// A scheduler with `cpus` threads, started when they are first needed.
  Scheduler(int cpus, HostTime time) {
    this.cpus = cpus;
    this.time = time;
  }

  /// Takes a guest that wants to run.
  ///
  /// @throws IllegalStateException where the scheduler is closed
  Task add(Slices slices, CpuShare share) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the host is closed");
      }
      Task task = new Task(slices, share, tasks++);
      queue.add(task);
      if (threads.size() < cpus) {
        startThread();
      }
      changed.signal();
      return task;
    } finally {
      lock.unlock();
    }
  }

  private void startThread() {
    Thread thread =
        Thread.ofPlatform().daemon().name("hospes-cpu-" + threads.size()).unstarted(this::work);
    threads.add(thread);
    thread.start();
  }

  /// Wakes a guest: input came, or somebody asks something of it. If it runs, it will run once more
  /// before it sleeps.
  void wake(Task task) {
    lock.lock();
    try {
      queue.wake(task, time.nanoseconds());
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Sees to it that a guest does not run until it is [let go][#letGo]; waits for the end of its
  /// slice, where it runs, but not longer than `patience`. One thread holds one guest at a time,
  // and
  /// for a moment: nothing that is asked of the guest is done meanwhile.
  ///
  /// @param patience in nanoseconds
  /// @return whether it is held; not where it is over
  boolean hold(Task task, long patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience;
      while (!closed && task.phase != Task.Phase.OVER) {
        if (queue.hold(task)) {
          return true;
        }
        if (left <= 0) {
          task.wanted = false;
          return false;
        }
        left = held.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException giveUp) {
      task.wanted = false;
      if (task.phase == Task.Phase.HELD) {
        queue.letGo(task, time.nanoseconds());
      }
      throw giveUp;
    } finally {
      lock.unlock();
    }
  }

  /// Lets a guest run again that was held.
  void letGo(Task task) {
    lock.lock();
    try {
      long alarm = queue.nextAlarm();
      queue.letGo(task, time.nanoseconds());
      replaceLeader(alarm);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Gives a guest another claim to the processors. What it owes under its old limit is forgiven.
  void update(Task task, CpuShare share) {
    lock.lock();
    try {
      long alarm = queue.nextAlarm();
      queue.update(task, share, time.nanoseconds());
      replaceLeader(alarm);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Host time that a guest had so far, in nanoseconds.
  long used(Task task) {
    lock.lock();
    try {
      return task.used;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the threads, each after its slice. Guests that did not end are not run any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      held.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    Task task = null;
    while (true) {
      long slice;
      lock.lock();
      try {
        if (task == null) {
          task = awaitTask();
        }
        if (task == null || closed) {
          return;
        }
        slice = queue.hasReady() ? SHORT_SLICE_NANOSECONDS : SLICE_NANOSECONDS;
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
      if (!runSlice(task, slice)) {
        task = null;
      }
    }
  }

  /// Runs a slice, and returns whether the same task comes next.
  private boolean runSlice(Task task, long slice) {
    long start = time.nanoseconds();
    Turn turn = task.slices.run(slice);
    lock.lock();
    try {
      long alarm = queue.nextAlarm();
      boolean wanted = task.wanted;
      boolean goesOn = queue.ran(task, start, time.nanoseconds(), turn);
      if (wanted) {
        held.signalAll();
      }
      replaceLeader(alarm);
      return goesOn;
    } finally {
      lock.unlock();
    }
  }

  /// Where the next alarm is an earlier one than `alarm` was, who waits does so for too long.
  private void replaceLeader(long alarm) {
    if (queue.nextAlarm() < alarm && leader != null) {
      leader = null;
      changed.signal();
    }
  }

  /// The next task, once there is one; `null` where the scheduler was closed.
  private @Nullable Task awaitTask() throws InterruptedException {
    while (!closed) {
      long now = time.nanoseconds();
      Task next = queue.next(now);
      if (next != null) {
        if (queue.hasReady() || (leader == null && queue.nextAlarm() != Long.MAX_VALUE)) {
          changed.signal(); // for the rest, there may be another idle thread
        }
        return next;
      }
      long alarm = queue.nextAlarm();
      if (alarm == Long.MAX_VALUE || leader != null) {
        changed.await();
        continue;
      }
      Thread me = Thread.currentThread();
      leader = me;
      try {
        time.await(changed, alarm - now);
      } finally {
        if (leader == me) {
          leader = null;
        }
      }
    }
    return null;
  }
}
