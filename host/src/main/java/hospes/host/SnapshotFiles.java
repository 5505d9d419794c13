package hospes.host;

import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import java.nio.file.Path;
import java.util.function.Consumer;

/// How snapshots become files.
interface SnapshotFiles {
  /// Hands out records, always in the same order.
  interface Source {
    /// Hands all to `sink`.
    void save(Consumer<StateRecord> sink);
  }

  /// Writes a file: all of it, or nothing.
  ///
  /// @throws HostException where it cannot be written
  void write(Path file, Source source);

  /// Reads a file.
  ///
  /// @throws HostException where it cannot be read, or is no snapshot
  Snapshot read(Path file);
}
