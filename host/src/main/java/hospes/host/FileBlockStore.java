package hospes.host;

import hospes.machine.BlockStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// A disk in a raw file (or a block device of the host): byte N of the disk is byte N of the file.
///
/// The file is locked while it is open: by one writer alone, or by any number of readers. A full
/// host disk and other failures pass through as [IOException], so that the guest sees an I/O error;
/// the first one is kept for the user.
public final class FileBlockStore implements BlockStore {
  private static final int SECTOR = 512;
  private static final int ZERO_CHUNK = 64 * 1024;

  private final String name;
  private final FileChannel channel;
  private final DriveAccess access;
  private final long size;
  private Optional<IOException> firstFailure = Optional.empty();

  private FileBlockStore(String name, FileChannel channel, DriveAccess access, long size) {
    this.name = name;
    this.channel = channel;
    this.access = access;
    this.size = size;
  }

  /// Opens a file as a disk.
  ///
  /// @throws BlockStoreException where it is missing, may not be opened, is in use, or has no size
  /// that a disk can have
  public static FileBlockStore open(Path file, DriveAccess access) throws BlockStoreException {
    if (Files.isDirectory(file)) {
      throw new BlockStoreException("drive %s is a directory, not a disk file".formatted(file));
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(file, options(access));
    } catch (NoSuchFileException e) {
      throw new BlockStoreException(
          "drive %s does not exist; make one with: truncate -s 1G %s".formatted(file, file), e);
    } catch (AccessDeniedException e) {
      throw new BlockStoreException(denied(file, access), e);
    } catch (IOException e) {
      throw new BlockStoreException(unopened(file, access, reason(e)), e);
    }
    return over(file.toString(), channel, access);
  }

  private static String reason(IOException e) {
    String why = e instanceof FileSystemException inFile ? inFile.getReason() : e.getMessage();
    return why == null ? e.getClass().getSimpleName() : why;
  }

  private static Set<StandardOpenOption> options(DriveAccess access) {
    return switch (access) {
      case READ_WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
      case READ_ONLY -> Set.of(StandardOpenOption.READ);
    };
  }

  private static String denied(Path file, DriveAccess access) {
    return switch (access) {
      case READ_WRITE ->
          "drive %s may not be written by you; allow it, or attach it as %s,readonly"
              .formatted(file, file);
      case READ_ONLY -> "drive %s may not be read by you".formatted(file);
    };
  }

  private static String unopened(Path file, DriveAccess access, String why) {
    String hint =
        switch (access) {
          case READ_WRITE -> "; to only read it, attach it as %s,readonly".formatted(file);
          case READ_ONLY -> "";
        };
    return "drive %s cannot be opened: %s%s".formatted(file, why, hint);
  }

  /// A disk over an open channel, which it locks, and closes even if it fails.
  static FileBlockStore over(String name, FileChannel channel, DriveAccess access)
      throws BlockStoreException {
    boolean taken = false;
    try {
      long size = channel.size();
      if (size == 0) {
        throw new BlockStoreException(
            "drive %s is empty; give it a size, for example with: truncate -s 1G %s"
                .formatted(name, name));
      }
      if (size % SECTOR != 0) {
        throw new BlockStoreException(
            "drive %s has %d bytes, which is not a multiple of %d; if it is a raw disk image, pad it with: truncate -s %%%d %s"
                .formatted(name, size, SECTOR, SECTOR, name));
      }
      lock(name, channel, access);
      taken = true;
      return new FileBlockStore(name, channel, access, size);
    } catch (IOException e) {
      throw new BlockStoreException("drive %s cannot be used: %s".formatted(name, reason(e)), e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  private static void lock(String name, FileChannel channel, DriveAccess access)
      throws IOException, BlockStoreException {
    boolean shared = access == DriveAccess.READ_ONLY;
    try {
      if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
        return;
      }
    } catch (OverlappingFileLockException sameProcess) {
      // the second time in this process: the same as one in another
    }
    throw new BlockStoreException(
        "drive %s is in use by another guest; end that one, or give each guest its own copy"
            .formatted(name));
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // it was never used
    }
  }

  /// The first failure that the guest was told of, if any.
  public Optional<IOException> firstFailure() {
    return firstFailure;
  }

  /// The file's name, as the user gave it.
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isReadOnly() {
    return access == DriveAccess.READ_ONLY;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    try {
      checkRange(position, length);
      readFully(position, ByteBuffer.wrap(to, offset, length));
    } catch (IOException e) {
      throw kept(e);
    }
  }

  private void readFully(long position, ByteBuffer buffer) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int got = channel.read(buffer, at);
      if (got < 0) {
        throw new EOFException("the file became shorter while it was in use");
      }
      at += got;
    }
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    try {
      checkWritable();
      checkRange(position, length);
      writeFully(position, ByteBuffer.wrap(from, offset, length));
    } catch (IOException e) {
      throw kept(e);
    }
  }

  private void writeFully(long position, ByteBuffer buffer) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /// Makes zeros; what is zero already, a hole above all, is left alone, so that a sparse file
  /// stays sparse.
  @Override
  public void discard(long position, long length) throws IOException {
    try {
      checkWritable();
      checkRange(position, length);
      byte[] chunk = new byte[(int) Math.min(length, ZERO_CHUNK)];
      for (long done = 0; done < length; ) {
        int part = (int) Math.min(chunk.length, length - done);
        readFully(position + done, ByteBuffer.wrap(chunk, 0, part));
        if (!isZero(chunk, part)) {
          Arrays.fill(chunk, 0, part, (byte) 0);
          writeFully(position + done, ByteBuffer.wrap(chunk, 0, part));
        }
        done += part;
      }
    } catch (IOException e) {
      throw kept(e);
    }
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void flush() throws IOException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw kept(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void checkWritable() throws IOException {
    if (isReadOnly()) {
      throw new IOException("the drive is read-only");
    }
  }

  private void checkRange(long position, long length) throws IOException {
    if (position < 0 || length < 0 || length > size || position > size - length) {
      throw new EOFException(
          "bytes %d to %d lie outside the disk of %d bytes"
              .formatted(position, position + length, size));
    }
  }

  private IOException kept(IOException failure) {
    if (firstFailure.isEmpty()) {
      firstFailure = Optional.of(failure);
    }
    return failure;
  }
}
