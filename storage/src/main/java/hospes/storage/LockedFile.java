package hospes.storage;

import hospes.storage.files.Reasons;
import hospes.storage.files.SharedFile;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file with a disk in it, locked while it is open: by one writer alone, or by any number of
/// readers, in this process and others.
///
/// Readers in this process share one open file: the locks of POSIX belong to the process, and are
/// lost when any of its descriptors for the file is closed.
final class LockedFile implements DiskFile {
  /// What a flush does.
  enum Durability {
    /// All is brought to the disk.
    SYNCED,
    /// Nothing: nobody needs the file after a crash.
    NONE
  }

  private static final Map<Object, LockedFile> OPEN = new HashMap<>();

  private final Object key;
  private final SharedFile file;
  private final Durability durability;

  // Guarded by OPEN.
  private FileLock lock;
  private DriveAccess access;
  private int users = 1;

  private LockedFile(Object key, Locked locked, DriveAccess access, Durability durability) {
    this.key = key;
    this.file = locked.file();
    this.lock = locked.lock();
    this.access = access;
    this.durability = durability;
  }

  private record Locked(SharedFile file, FileLock lock) {}

  /// What is the same for all names of a file.
  static Object key(Path path) throws BlockStoreException {
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? path.toRealPath() : key;
    } catch (NoSuchFileException e) {
      throw new BlockStoreException(
          "drive %s does not exist; make one with: truncate -s 1G %s".formatted(path, path), e);
    } catch (IOException e) {
      throw notOpened(path, e);
    }
  }

  private static BlockStoreException notOpened(Path path, IOException e) {
    return new BlockStoreException(
        "drive %s cannot be opened: %s".formatted(path, Reasons.of(e)), e);
  }

  static LockedFile open(Path path, DriveAccess access, Durability durability)
      throws BlockStoreException {
    synchronized (OPEN) {
      Object key = key(path);
      LockedFile there = OPEN.get(key);
      if (there == null) {
        there = new LockedFile(key, locked(path, access), access, durability);
        OPEN.put(key, there);
      } else if (there.access == DriveAccess.READ_ONLY && access == DriveAccess.READ_ONLY) {
        there.users++;
      } else {
        throw inUse(path);
      }
      return there;
    }
  }

  /// Lets others read the file, and nobody write it, from now on.
  ///
  /// @throws IOException where another process took it in this moment
  void freeze() throws IOException {
    synchronized (OPEN) {
      if (access == DriveAccess.READ_ONLY) {
        return;
      }
      access = DriveAccess.READ_ONLY;
      lock.release();
      FileLock shared = file.channel().tryLock(0, Long.MAX_VALUE, true);
      if (shared == null) {
        throw new IOException("another process writes to it");
      }
      lock = shared;
    }
  }

  /// This file for one more user, who [closes][#close] it too.
  ///
  /// @throws IllegalStateException where it is written
  LockedFile share() {
    synchronized (OPEN) {
      if (access != DriveAccess.READ_ONLY || users == 0) {
        throw new IllegalStateException("a file that is written has one user");
      }
      users++;
      return this;
    }
  }

  private static Locked locked(Path path, DriveAccess access) throws BlockStoreException {
    requireAllowed(path, access);
    boolean shared = access == DriveAccess.READ_ONLY;
    SharedFile file = null;
    try {
      file = shared ? SharedFile.toRead(path) : SharedFile.toWrite(path);
      FileLock lock = file.channel().tryLock(0, Long.MAX_VALUE, shared);
      if (lock == null) {
        file.close();
        throw inUse(path);
      }
      return new Locked(file, lock);
    } catch (OverlappingFileLockException elsewhereInThisProcess) {
      closeQuietly(file);
      throw inUse(path);
    } catch (IOException e) {
      closeQuietly(file);
      throw shared
          ? notOpened(path, e)
          : new BlockStoreException(new DriveProblem.NotOpened(path, Reasons.of(e)), e);
    }
  }

  private static void requireAllowed(Path path, DriveAccess access) throws BlockStoreException {
    if (Files.isDirectory(path)) {
      throw new BlockStoreException("drive %s is a directory, not a disk file".formatted(path));
    }
    if (!Files.isReadable(path)) {
      throw new BlockStoreException("drive %s may not be read by you".formatted(path));
    }
    if (access == DriveAccess.READ_WRITE && !Files.isWritable(path)) {
      throw new BlockStoreException(new DriveProblem.NotWritable(path));
    }
  }

  private static BlockStoreException inUse(Path path) {
    return new BlockStoreException(new DriveProblem.InUse(path));
  }

  private static void closeQuietly(@Nullable SharedFile file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException ignored) {
      // it was never used
    }
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    file.read(position, to, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    file.write(position, from, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (durability == Durability.SYNCED) {
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.remove(key);
        file.close();
      }
    }
  }
}
