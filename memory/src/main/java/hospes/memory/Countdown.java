package hospes.memory;

/// Whoever executes guest code, as a device's access sees it: what is left of the budget of
/// instructions tells what time it is, and becomes zero where execution must stop.
public interface Countdown {
  /// How many instructions may still be executed.
  int remaining();

  /// Sets how many instructions may still be executed.
  void remaining(int instructions);
}
