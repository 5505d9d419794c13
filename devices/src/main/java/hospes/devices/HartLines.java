package hospes.devices;

/// One hart's interrupt inputs, as its interrupt controllers see them.
@FunctionalInterface
public interface HartLines {
  /// Drives one wire. The hart keeps, saves and restores the level; being told a level again is
  /// normal.
  void set(HartInterrupt which, Level level);
}
