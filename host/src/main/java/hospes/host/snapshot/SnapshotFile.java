package hospes.host.snapshot;

import hospes.formats.FormatException;
import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.NamedRecord;
import hospes.formats.snapshot.PageSource;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.formats.snapshot.SnapshotReader;
import hospes.formats.snapshot.SnapshotWriter;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.storage.files.Reasons;
import hospes.storage.files.ReplacedFile;
import hospes.storage.files.SharedFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// The whole state of a machine in a file (docs/snapshot-format.md). Records and pages are read
/// when they are asked for, by any number of threads.
public final class SnapshotFile implements AutoCloseable {
  private final Path path;
  private final SharedFile file;
  private final SnapshotReader reader;
  private final AtomicInteger users = new AtomicInteger(1);

  private SnapshotFile(Path path, SharedFile file, SnapshotReader reader) {
    this.path = path;
    this.file = file;
    this.reader = reader;
  }

  /// Writes a snapshot. It replaces a file of that name only when it is complete and on the disk;
  /// until then, and whatever happens, the old one stays.
  ///
  /// @param records the state without the memory
  /// @param drives the machine's disks, in its order
  /// @throws SnapshotFileException where it cannot be written
  public static void save(
      Path path,
      SnapshotHeader header,
      Iterable<StateRecord> records,
      List<DriveReference> drives,
      PageSource memory,
      Compression compression)
      throws SnapshotFileException {
    List<NamedRecord> all = new ArrayList<>();
    all.add(DriveReference.toRecord(drives));
    for (StateRecord item : records) {
      all.add(new NamedRecord(item.name(), item.version(), item.bytes()));
    }
    try {
      ReplacedFile.write(path, out -> SnapshotWriter.write(out, header, all, memory, compression));
    } catch (IOException e) {
      throw new SnapshotFileException(
          "cannot write the snapshot %s: %s".formatted(path, Reasons.of(e)), e);
    }
  }

  /// Opens a snapshot: reads its header and index.
  ///
  /// @throws SnapshotFileException where it is missing, truncated, damaged, or of a newer version
  public static SnapshotFile open(Path path) throws SnapshotFileException {
    SharedFile file = null;
    try {
      file = SharedFile.toRead(path);
      SnapshotFile opened = new SnapshotFile(path, file, SnapshotReader.open(file));
      file = null;
      return opened;
    } catch (FileNotFoundException e) {
      throw new SnapshotFileException(
          "cannot open the snapshot %s: there is no such file, or you may not read it"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw failed(path, e);
    } finally {
      if (file != null) {
        closeQuietly(file);
      }
    }
  }

  private static void closeQuietly(SharedFile file) {
    try {
      file.close();
    } catch (IOException ignored) {
      // it was only read
    }
  }

  private static SnapshotFileException failed(Path path, IOException e) {
    String why = e instanceof FormatException bad ? bad.getMessage() : Reasons.of(e);
    return new SnapshotFileException("snapshot %s cannot be used: %s".formatted(path, why), e);
  }

  /// What the snapshot is of.
  public SnapshotHeader header() {
    return reader.header();
  }

  /// Makes sure that a machine can take over the state.
  ///
  /// @throws SnapshotFileException where it is of another make or size
  public void requireMachine(String make, long memoryBytes, int harts)
      throws SnapshotFileException {
    try {
      header().requireMachine(make, memoryBytes, harts);
    } catch (FormatException e) {
      throw failed(path, e);
    }
  }

  /// The state without memory and drives.
  ///
  /// @throws SnapshotFileException where a record is damaged
  public Snapshot records() throws SnapshotFileException {
    return records(name -> true);
  }

  /// Those of the records, without memory and drives, whose names are wanted.
  ///
  /// @throws SnapshotFileException where one of them is damaged
  public Snapshot records(Predicate<String> wanted) throws SnapshotFileException {
    Snapshot snapshot = new Snapshot();
    for (String name : recordNames()) {
      if (!name.equals(DriveReference.RECORD) && wanted.test(name)) {
        NamedRecord item = read(name);
        snapshot.add(new StateRecord(item.name(), item.version(), item.bytes()));
      }
    }
    return snapshot;
  }

  /// The names of all records.
  List<String> recordNames() {
    return reader.recordNames();
  }

  /// One record.
  ///
  /// @throws SnapshotFileException where there is none of that name, or it is damaged
  NamedRecord read(String name) throws SnapshotFileException {
    try {
      return reader.read(name);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /// The machine's disks, in its order.
  ///
  /// @throws SnapshotFileException where their record is damaged
  public List<DriveReference> drives() throws SnapshotFileException {
    if (!recordNames().contains(DriveReference.RECORD)) {
      return List.of();
    }
    try {
      return DriveReference.of(read(DriveReference.RECORD));
    } catch (FormatException e) {
      throw failed(path, e);
    }
  }

  /// Size of a page in bytes.
  public int pageSize() {
    return reader.pageSize();
  }

  /// How many pages the file holds; all others are zeros.
  public long pages() {
    return reader.pages();
  }

  /// Whether the file holds a page; a page that it does not hold is zeros.
  boolean has(long page) {
    return reader.has(page);
  }

  /// Names all pages that the file holds, ascending, without reading them.
  void forEachPage(LongConsumer action) {
    reader.forEachPage(action);
  }

  /// Copies a page that the file [has][#has].
  ///
  /// @throws SnapshotFileException where it is damaged or cannot be read
  void read(long page, byte[] to, int offset) throws SnapshotFileException {
    try {
      reader.read(page, to, offset);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /// Looks at every byte of the file.
  ///
  /// @throws SnapshotFileException where one is damaged or cannot be read
  public void verify() throws SnapshotFileException {
    try {
      reader.verify();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /// One more user, who [closes][#close] it once.
  public void retain() {
    users.incrementAndGet();
  }

  /// Closes the file with its last user.
  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      closeQuietly(file);
    }
  }
}
