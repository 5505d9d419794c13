package hospes.host;

/// How a host works.
///
/// @param cpus host threads that run guests
public record HostSettings(int cpus) {
  private static final int MAX_CPUS = 4096;

  /// Settings.
  ///
  /// @throws IllegalArgumentException where a number is outside its range
  public HostSettings {
    if (cpus < 1 || cpus > MAX_CPUS) {
      throw new IllegalArgumentException(
          "a host runs guests on 1 to %d processors, not %d".formatted(MAX_CPUS, cpus));
    }
  }

  /// As many threads as there are processors.
  public static HostSettings defaults() {
    return new HostSettings(Runtime.getRuntime().availableProcessors());
  }
}
