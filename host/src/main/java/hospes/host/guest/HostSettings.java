package hospes.host.guest;

import hospes.host.memory.MemorySettings;
import hospes.host.memory.Merging;
import hospes.host.memory.SwapSpace;
import hospes.memory.FramePool;
import java.util.OptionalLong;

/// How a host works.
///
/// @param cpus host threads that run guests
/// @param memoryBytes host memory that all guests together may take; empty for no limit. Where
/// they want more, what is not used goes to `swap`. It is looked at between slices: who finds it
/// exceeded waits for room, and where there is none to be made, is paused ([GuestEvent.Halted])
/// @param merging whether guests share pages that hold the same
/// @param swap where pages go that there is no memory for
public record HostSettings(int cpus, OptionalLong memoryBytes, Merging merging, SwapSpace swap) {
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

  /// Settings without a limit for memory, and with merging.
  public HostSettings(int cpus) {
    this(cpus, OptionalLong.empty(), Merging.ON, SwapSpace.usual());
  }

  /// The same with a limit for the memory of all guests together.
  public HostSettings withMemory(long bytes) {
    return new HostSettings(cpus, OptionalLong.of(bytes), merging, swap);
  }

  /// The same with or without merging.
  public HostSettings with(Merging newMerging) {
    return new HostSettings(cpus, memoryBytes, newMerging, swap);
  }

  /// The same with other swap space.
  public HostSettings with(SwapSpace newSwap) {
    return new HostSettings(cpus, memoryBytes, merging, newSwap);
  }

  /// What concerns memory.
  MemorySettings memory() {
    return new MemorySettings(memoryBytes, merging, swap);
  }

  /// As many threads as there are processors.
  public static HostSettings defaults() {
    return new HostSettings(Runtime.getRuntime().availableProcessors());
  }
}
