package hospes.guests.facet;

import hospes.memory.FrameTable;
import java.util.List;

/// A machine whose memory is frames of the host's pool. Whoever looks into it, merges pages of it
/// or swaps them out does so while the machine does not run.
@FunctionalInterface
public interface GuestMemory {
  /// The memory, range by range.
  List<FrameTable> frames();

  /// Bytes of host memory that hold it.
  default long residentBytes() {
    return frames().stream().mapToLong(FrameTable::residentBytes).sum();
  }

  /// Bytes of host memory that hold it, and no other machine's.
  default long ownBytes() {
    return frames().stream().mapToLong(FrameTable::ownBytes).sum();
  }
}
