package hospes.host;

import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.PageSource;
import hospes.machine.StateRecord;
import java.util.List;

/// A machine's state at one moment, for a snapshot that is written while the machine goes on.
///
/// @param records all that is needed to build an equal machine elsewhere but memory: the machine's
/// records, and those that say what to build
/// @param drives its disks, in its order
/// @param memory what its memory holds
/// @param release gives back what holds the memory
public record FrozenMachine(
    List<StateRecord> records, List<DriveReference> drives, PageSource memory, Runnable release)
    implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
