package hospes.host.journal;

import hospes.formats.journal.JournalItem;
import hospes.formats.journal.JournalReader;
import hospes.host.HostException;
import hospes.storage.files.Reasons;
import hospes.storage.files.SharedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file of a new recording: nobody else's, and nothing but a journal was in it. An interrupted
/// thread does not close it.
public final class JournalFile extends OutputStream {
  private final Path path;
  private final SharedFile file;
  private final boolean isNew;
  private long size;

  private JournalFile(Path path, SharedFile file, boolean isNew) {
    this.path = path;
    this.file = file;
    this.isNew = isNew;
  }

  /// Opens a file, and leaves in it what is there for now.
  ///
  /// @throws HostException where it cannot be written, is being written, or holds something else
  public static JournalFile create(Path path) {
    Path name = path.getFileName();
    if (name == null || !JournalItem.SnapshotReference.isRelative(name.toString())) {
      throw new HostException(
          "a recording cannot be named \"%s\": a name has no colon, backslash or control character"
              .formatted(path));
    }
    if (Files.isDirectory(path)) {
      throw unwritable(path, "it is a folder");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw unwritable(path, "its folder does not exist");
    }
    boolean isNew = !Files.exists(path);
    if (isNew ? folder != null && !Files.isWritable(folder) : !Files.isWritable(path)) {
      throw unwritable(path, "you may not write there");
    }
    try {
      SharedFile file = SharedFile.toWrite(path);
      JournalFile created = new JournalFile(path, file, isNew);
      boolean done = false;
      try {
        lock(path, file);
        if (file.size() != 0 && !JournalReader.isJournal(file)) {
          throw new HostException(
              "%s is there already and is no recording; choose another name, or remove it"
                  .formatted(path));
        }
        done = true;
        return created;
      } finally {
        if (!done) {
          file.close();
        }
      }
    } catch (IOException e) {
      throw unwritable(path, Reasons.of(e));
    }
  }

  private static void lock(Path path, SharedFile file) throws IOException {
    try {
      if (file.channel().tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException byThisProcess) {
      // the same
    }
    throw new HostException("%s is being recorded to; choose another name".formatted(path));
  }

  private static HostException unwritable(Path path, String why) {
    return new HostException("cannot write the recording %s: %s".formatted(path, why));
  }

  /// The file.
  public Path path() {
    return path;
  }

  /// Empties it.
  void begin() throws IOException {
    if (file.size() != 0) {
      file.truncate(0);
    }
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.write(size, bytes, offset, length);
    size += length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Closes it, and removes it if it is new and nothing was written.
  public void abandon() {
    try {
      file.close();
      if (isNew && size == 0) {
        Files.deleteIfExists(path);
      }
    } catch (IOException stays) {
      // an empty file harms nobody
    }
  }
}
