package hospes.guests;

import hospes.machine.Snapshot;
import hospes.memory.FrameTable;
import java.util.List;

/// A machine's state from a snapshot.
///
/// @param plan what the machine was built from
/// @param records its records
/// @param memory gives its memory the content that it had
public record Saved(Plan plan, Snapshot records, MemoryFiller memory) {
  /// Gives memory the content that it had; pages may be read only when they are touched.
  @FunctionalInterface
  public interface MemoryFiller {
    /// Fills all ranges of a machine's memory, which are zeros.
    ///
    /// @throws hospes.machine.SnapshotException where the content does not fit
    void fill(List<FrameTable> frames);
  }
}
