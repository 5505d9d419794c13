package hospes.host.snapshot;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Frozen;
import hospes.machine.StateRecord;
import hospes.storage.Drives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A machine's state at one moment, for a snapshot that is written while the machine goes on.
///
/// @param plan the records that say what to build
/// @param machine the machine's own state
/// @param drives its disks, in its order
public record FrozenMachine(List<StateRecord> plan, Frozen machine, List<DriveReference> drives)
    implements AutoCloseable {
  /// Writes it to a file.
  ///
  /// @param more records of others
  /// @throws SnapshotFileException where that cannot be written
  public void save(
      Path file, SnapshotHeader header, List<StateRecord> more, Compression compression)
      throws SnapshotFileException {
    boolean saved = false;
    try {
      List<StateRecord> records = new ArrayList<>(more);
      records.addAll(plan);
      records.addAll(machine.records());
      SnapshotFile.save(
          file, header, records, drives, new FrozenMemory(machine.frames()), compression);
      saved = true;
    } finally {
      if (!saved) {
        Drives.forget(drives);
      }
    }
  }

  /// Closes what was never saved.
  public void discard() {
    Drives.forget(drives);
    close();
  }

  @Override
  public void close() {
    machine.close();
  }
}
