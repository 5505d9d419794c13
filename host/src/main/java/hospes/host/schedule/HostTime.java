package hospes.host.schedule;

import java.util.concurrent.locks.Condition;

/// The host's clock, and waiting by it; a test has its own.
public interface HostTime {
  /// Nanoseconds since some moment in the past.
  long nanoseconds();

  /// Waits until somebody signals `changed`, whose lock the caller holds, or `nanoseconds` passed.
  void await(Condition changed, long nanoseconds) throws InterruptedException;

  /// The clock on the wall.
  HostTime WALL =
      new HostTime() {
        @Override
        public long nanoseconds() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public void await(Condition changed, long nanoseconds) throws InterruptedException {
          changed.awaitNanos(nanoseconds);
        }
      };
}
