package hospes.host;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.PageSource;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.machine.StateRecord;
import hospes.storage.Drives;
import java.nio.file.Path;
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
  /// Writes it to a file.
  ///
  /// @throws SnapshotFileException where that cannot be written
  void save(Path file, SnapshotHeader header) throws SnapshotFileException {
    boolean saved = false;
    try {
      SnapshotFile.save(file, header, records, drives, memory, Compression.ZSTD);
      saved = true;
    } finally {
      if (!saved) {
        Drives.forget(drives);
      }
    }
  }

  /// Closes what was never saved.
  void discard() {
    Drives.forget(drives);
    close();
  }

  @Override
  public void close() {
    release.run();
  }
}
