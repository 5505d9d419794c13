package hospes.host.guest;

/// What guest time follows.
public enum ClockMode {
  /// The host's clock: the guest's second is the user's second. What happens depends on how fast
  /// the host is.
  HOST,
  /// The guest's own instructions, a nanosecond each; idle time is skipped. The same run happens
  /// again every time.
  VIRTUAL
}
