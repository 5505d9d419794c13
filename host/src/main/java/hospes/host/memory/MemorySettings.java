package hospes.host.memory;

import hospes.memory.FramePool;
import java.util.OptionalLong;

/// How a host deals with the memory of its guests.
///
/// @param limitBytes host memory that all guests together may take; empty for no limit
/// @param merging whether guests share pages that hold the same
/// @param swap where pages go that there is no memory for
public record MemorySettings(OptionalLong limitBytes, Merging merging, SwapSpace swap) {
  /// The limit in frames.
  long frames() {
    return limitBytes.isPresent() ? limitBytes.getAsLong() / FramePool.FRAME_SIZE : Long.MAX_VALUE;
  }
}
