package hospes.host.ports;

import hospes.machine.Payload;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Console bytes on their way from the thread that reads them to the thread that runs the guest;
/// bounded.
public final class InputQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int capacity;
  private byte[] ring = {};
  private int head;
  private int count;
  private boolean ended;
  private Optional<Payload.Size> size = Optional.empty();
  private Runnable listener = () -> {};

  /// A queue that holds up to `capacity` bytes.
  public InputQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Sets who is told, on the thread that brings it, when there is input or its end.
  public void onInput(Runnable newListener) {
    lock.lock();
    try {
      listener = newListener;
    } finally {
      lock.unlock();
    }
  }

  /// Adds all of `bytes`, waiting for space: for a source that can wait, such as a pipe. After the
  /// end, they are dropped.
  public void put(byte[] bytes, int length) throws InterruptedException {
    int done = 0;
    while (done < length) {
      Runnable told;
      lock.lockInterruptibly();
      try {
        while (count == capacity && !ended) {
          changed.await();
        }
        if (ended) {
          return;
        }
        while (done < length && count < capacity) {
          append(bytes[done++]);
        }
        told = listener;
      } finally {
        lock.unlock();
      }
      told.run();
    }
  }

  /// Adds what there is space for, and drops the rest, as a serial line does: for a source that
  /// must not wait, such as a terminal, whose next key may be the one that ends the guest.
  public void offer(byte[] bytes, int length) {
    Runnable told;
    lock.lock();
    try {
      for (int i = 0; i < length && count < capacity && !ended; i++) {
        append(bytes[i]);
      }
      told = listener;
    } finally {
      lock.unlock();
    }
    told.run();
  }

  private void append(byte value) {
    if (ring.length == 0) {
      ring = new byte[capacity]; // most forks are never typed to
    }
    ring[(head + count) % ring.length] = value;
    count++;
    changed.signalAll();
  }

  /// Says how large the screen is that the user sees; only the last size counts.
  public void resize(int lines, int columns) {
    Runnable told;
    lock.lock();
    try {
      size = Optional.of(new Payload.Size(lines, columns));
      told = listener;
    } finally {
      lock.unlock();
    }
    told.run();
  }

  /// The size that the guest was not told yet, and is told now.
  public Optional<Payload.Size> takeSize() {
    lock.lock();
    try {
      Optional<Payload.Size> taken = size;
      size = Optional.empty();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Says that no more bytes will come.
  public void end() {
    Runnable told;
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      told = listener;
    } finally {
      lock.unlock();
    }
    told.run();
  }

  /// Whether there is a byte or a size to take.
  public boolean hasInput() {
    lock.lock();
    try {
      return count != 0 || size.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /// All bytes, which stay in the queue.
  public byte[] peek() {
    lock.lock();
    try {
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] = ring[(head + i) % ring.length];
      }
      return bytes;
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

  /// Waits until the queue is full or its end is said, but not longer than `milliseconds`: so that
  /// a run that is to be repeated starts with all its input there.
  public void awaitFullOrEnd(long milliseconds) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
      while (count < capacity && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
