package hospes.riscv;

/// The board's real-time counter, which the `time` CSR shows.
@FunctionalInterface
public interface TimeSource {
  /// The counter now, in ticks of the timebase.
  long ticks();
}
