package hospes.bench;

import java.util.Locale;

/// One timed run.
///
/// @param wall seconds until the awaited event
/// @param cpu seconds that the process's threads spent in user and system mode until then
record Sample(double wall, double cpu) {
  /// For progress.
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f s, %.2f s of processor time", wall, cpu);
  }
}
