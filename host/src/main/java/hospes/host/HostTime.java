package hospes.host;

/// The host's clock, and waiting by it; a test has its own.
interface HostTime {
  /// Nanoseconds since some moment in the past.
  long nanoseconds();

  /// Waits for input, as [InputQueue#await] does.
  void await(InputQueue input, long nanoseconds) throws InterruptedException;

  /// The clock on the wall.
  HostTime WALL =
      new HostTime() {
        @Override
        public long nanoseconds() {
          return System.nanoTime();
        }

        @Override
        public void await(InputQueue input, long nanoseconds) throws InterruptedException {
          input.await(nanoseconds);
        }
      };
}
