package hospes.guests;

import hospes.machine.StateRecord;
import hospes.memory.FrameTable;
import java.util.List;

/// A machine's state at one moment, for a snapshot that is written while the machine goes on.
///
/// @param records all of it but memory
/// @param frames its memory, range by range: forks, which nobody writes to
public record Frozen(List<StateRecord> records, List<FrameTable> frames) implements AutoCloseable {
  /// Gives back what holds the memory.
  @Override
  public void close() {
    frames.forEach(FrameTable::close);
  }
}
