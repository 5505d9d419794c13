package hospes.devices;

/// The wire by which one device asks for service; level-triggered.
///
/// Driving a line to the level that it already has is allowed and has no effect.
@FunctionalInterface
public interface InterruptLine {
  /// A wire that leads nowhere.
  InterruptLine NONE = level -> {};

  /// Drives the wire.
  void set(Level level);

  /// Asks for service.
  default void raise() {
    set(Level.HIGH);
  }

  /// Asks no longer.
  default void lower() {
    set(Level.LOW);
  }
}
