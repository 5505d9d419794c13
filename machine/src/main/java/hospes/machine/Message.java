package hospes.machine;

/// Something from the outside world.
public sealed interface Message {
  /// Bytes typed at the guest's console.
  record ConsoleInput(byte[] bytes) implements Message {}

  /// The host's clock says that it is `nanoseconds` of guest time now; a time that already passed
  /// has no effect.
  record ClockSample(long nanoseconds) implements Message {}

  /// The user pressed the power button. A machine in which nobody listens to it is off at once.
  record PowerButton() implements Message {}

  /// The machine is not the one any more that it was forked or restored from: it shall not have the
  /// same randomness.
  ///
  /// @param seed of the machine's [Entropy] from now on
  record NewIdentity(byte[] seed) implements Message {
    /// @throws IllegalArgumentException unless the seed has [Entropy#SEED_BYTES] bytes
    public NewIdentity {
      if (seed.length != Entropy.SEED_BYTES) {
        throw new IllegalArgumentException(
            "a seed has %d bytes, not %d".formatted(Entropy.SEED_BYTES, seed.length));
      }
    }
  }

  /// It is `nanoseconds` since 1970-01-01 00:00 UTC now, whatever the machine's real-time clock
  /// says: it was off for a while, like any computer whose clock ran on.
  record TimeOfDay(long nanoseconds) implements Message {}

  /// The host asks the guest to do without so many pages of 4 KiB of its memory in all.
  record BalloonTarget(int pages) implements Message {}
}
