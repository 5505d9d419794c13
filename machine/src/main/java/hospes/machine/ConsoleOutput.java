package hospes.machine;

/// Where a guest's console output goes.
@FunctionalInterface
public interface ConsoleOutput {
  /// Takes one byte. Must not fail: a host that cannot show it drops it.
  void write(byte value);
}
