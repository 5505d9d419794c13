package hospes.host.ports;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The last bytes of a guest's console output, bounded, for any number of readers.
///
/// Every byte has a position: how many came before it since the guest began.
public final class Scrollback {
  /// Bytes that are kept.
  public static final int CAPACITY = 256 * 1024;

  private static final int FIRST_SIZE = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] ring = {};
  private long end;
  private boolean ended;

  /// Adds output.
  void append(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      int skipped = Math.max(0, length - CAPACITY);
      grow(Math.min(CAPACITY, kept() + length));
      end += skipped;
      for (int i = skipped; i < length; i++) {
        ring[(int) (end++ % ring.length)] = bytes[offset + i];
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int kept() {
    return (int) (end - begin());
  }

  private void grow(int needed) {
    if (needed <= ring.length) {
      return;
    }
    int size = Math.clamp(Integer.highestOneBit(needed - 1) << 1, FIRST_SIZE, CAPACITY);
    byte[] larger = new byte[size];
    for (long position = begin(); position < end; position++) {
      larger[(int) (position % size)] = ring[(int) (position % ring.length)];
    }
    ring = larger;
  }

  /// Says that no more output will come.
  void finish() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The position of the first byte that is kept.
  long begin() {
    lock.lock();
    try {
      return Math.max(0, end - ring.length);
    } finally {
      lock.unlock();
    }
  }

  /// The position of the byte that comes next.
  long end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /// What is kept from `position` on.
  byte[] from(long position) {
    lock.lock();
    try {
      long from = Math.max(position, begin());
      byte[] bytes = new byte[(int) Math.max(0, end - from)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = ring[(int) ((from + i) % ring.length)];
      }
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is output after `position`, or none will come, or the time is over.
  ///
  /// @return whether there is output
  boolean await(long position, long nanoseconds) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanoseconds;
      while (end <= position && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return end > position;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is output after `position`.
  ///
  /// @return false where none will come
  boolean await(long position) throws InterruptedException {
    return await(position, TimeUnit.DAYS.toNanos(36_500));
  }

  /// Whether all output is there that will ever come.
  boolean isFinished() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
