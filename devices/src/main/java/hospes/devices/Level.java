package hospes.devices;

/// The level of an interrupt wire. Lines are level-triggered: HIGH asks for service until it is LOW
/// again.
public enum Level {
  LOW,
  HIGH;

  /// HIGH where a condition holds.
  public static Level of(boolean asserted) {
    return asserted ? HIGH : LOW;
  }
}
