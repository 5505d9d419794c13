package hospes.host;

import hospes.memory.FramePool;
import java.util.OptionalLong;

/// How a host works.
///
/// @param cpus host threads that run guests
/// @param memoryBytes host memory that all guests together may take; empty for no limit. It is
// looked
/// at between slices: who finds it exceeded is paused ([GuestEvent.Halted])
public record HostSettings(int cpus, OptionalLong memoryBytes) {
  private static final int MAX_CPUS = 4096;

  /// Settings.
  ///
  /// @throws IllegalArgumentException where a number is outside its range
  public HostSettings {
    if (cpus < 1 || cpus > MAX_CPUS) {
      throw new IllegalArgumentException(
          "a host runs guests on 1 to %d processors, not %d".formatted(MAX_CPUS, cpus));
    }
    if (memoryBytes.isPresent() && memoryBytes.getAsLong() < FramePool.FRAME_SIZE) {
      throw new IllegalArgumentException(
          "guests need memory: the limit is %d bytes or more, not %d"
              .formatted(FramePool.FRAME_SIZE, memoryBytes.getAsLong()));
    }
  }

  /// Settings without a limit for memory.
  public HostSettings(int cpus) {
    this(cpus, OptionalLong.empty());
  }

  /// The same with a limit for the memory of all guests together.
  public HostSettings withMemory(long bytes) {
    return new HostSettings(cpus, OptionalLong.of(bytes));
  }

  /// The limit in frames.
  long memoryFrames() {
    return memoryBytes.isPresent()
        ? memoryBytes.getAsLong() / FramePool.FRAME_SIZE
        : Long.MAX_VALUE;
  }

  /// As many threads as there are processors.
  public static HostSettings defaults() {
    return new HostSettings(Runtime.getRuntime().availableProcessors());
  }
}
