package hospes.host;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Console bytes on their way from the thread that reads them to the thread that runs the guest;
/// bounded.
public final class InputQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] ring;
  private int head;
  private int count;
  private boolean ended;
  private boolean woken;

  /// A queue that holds up to `capacity` bytes.
  public InputQueue(int capacity) {
    ring = new byte[capacity];
  }

  /// Adds all of `bytes`, waiting for space: for a source that can wait, such as a pipe.
  public void put(byte[] bytes, int length) throws InterruptedException {
    lock.lock();
    try {
      for (int i = 0; i < length; i++) {
        while (count == ring.length) {
          changed.await();
        }
        append(bytes[i]);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Adds what there is space for, and drops the rest, as a serial line does: for a source that
  /// must not wait, such as a terminal, whose next key may be the one that ends the guest.
  public void offer(byte[] bytes, int length) {
    lock.lock();
    try {
      for (int i = 0; i < length && count < ring.length; i++) {
        append(bytes[i]);
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(byte value) {
    ring[(head + count) % ring.length] = value;
    count++;
    changed.signalAll();
  }

  /// Says that no more bytes will come.
  public void end() {
    lock.lock();
    try {
      ended = true;
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Makes [#await] return now, or at once when it is next called.
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Removes up to `limit` bytes; an empty array where there are none.
  public byte[] take(int limit) {
    lock.lock();
    try {
      byte[] taken = new byte[Math.min(limit, count)];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = ring[head];
        head = (head + 1) % ring.length;
      }
      count -= taken.length;
      if (taken.length != 0) {
        changed.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Whether every byte was taken and no more will come.
  public boolean isAtEnd() {
    lock.lock();
    try {
      return ended && count == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is a byte, the end is said, somebody calls [#wake], or `nanoseconds` passed.
  public void await(long nanoseconds) throws InterruptedException {
    lock.lock();
    try {
      long left = nanoseconds;
      while (count == 0 && !woken && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the queue is full or its end is said, but not longer than `milliseconds`: so that
  /// a run that is to be repeated starts with all its input there.
  public void awaitFullOrEnd(long milliseconds) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
      while (count < ring.length && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
