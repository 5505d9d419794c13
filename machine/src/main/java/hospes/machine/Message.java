package hospes.machine;

/// Something from the outside world.
public sealed interface Message {
  /// Bytes typed at the guest's console.
  record ConsoleInput(byte[] bytes) implements Message {}

  /// The host's clock says that it is `nanoseconds` of guest time now; a time that already passed
  /// has no effect.
  record ClockSample(long nanoseconds) implements Message {}

  /// The user pressed the power button.
  record PowerButton() implements Message {}
}
