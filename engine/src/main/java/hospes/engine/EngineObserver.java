package hospes.engine;

/// Is told what the engine of a guest does, on the guest's thread. It must not touch the guest.
public interface EngineObserver {
  /// Nobody looks.
  EngineObserver NONE = new EngineObserver() {};

  /// Something happened to a region.
  default void observe(EngineEvent event) {}

  /// A core is about to take a trap; `core.pc` is the instruction that it is taken at.
  ///
  /// @param cause the architecture's number for it
  /// @param name what the architecture's manual calls it
  /// @param value what the architecture tells the guest beside the cause, such as an address
  default void trapped(Core core, long cause, String name, long value) {}

  /// An observer that tells this one, then another one.
  default EngineObserver and(EngineObserver other) {
    EngineObserver first = this;
    return new EngineObserver() {
      @Override
      public void observe(EngineEvent event) {
        first.observe(event);
        other.observe(event);
      }

      @Override
      public void trapped(Core core, long cause, String name, long value) {
        first.trapped(core, cause, name, value);
        other.trapped(core, cause, name, value);
      }
    };
  }
}
