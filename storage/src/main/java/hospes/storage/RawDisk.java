package hospes.storage;

import hospes.formats.qcow2.DiskContent;
import hospes.machine.BlockStore;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// A disk in a raw file: byte N of the disk is byte N of the file.
final class RawDisk implements BlockStore, DiskContent {
  private static final int ZERO_CHUNK = 64 << 10;

  private final DiskFile file;
  private final DriveAccess access;
  private final long size;

  RawDisk(DiskFile file, DriveAccess access) throws IOException {
    this.file = file;
    this.access = access;
    this.size = file.size();
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
    checkRange(position, length);
    file.read(position, to, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    checkWritable();
    checkRange(position, length);
    file.write(position, from, offset, length);
  }

  /// Makes zeros; what is zero already, a hole above all, is left alone, so that a sparse file
  /// stays sparse.
  @Override
  public void discard(long position, long length) throws IOException {
    checkWritable();
    checkRange(position, length);
    byte[] zeros = new byte[(int) Math.min(length, ZERO_CHUNK)];
    byte[] chunk = new byte[zeros.length];
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(chunk.length, length - done);
      file.read(position + done, chunk, 0, part);
      if (!Arrays.equals(chunk, 0, part, zeros, 0, part)) {
        file.write(position + done, zeros, 0, part);
      }
      done += part;
    }
  }

  @Override
  public void flush() throws IOException {
    if (!isReadOnly()) {
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void checkWritable() throws IOException {
    if (isReadOnly()) {
      throw new IOException("the drive is read-only");
    }
  }

  private void checkRange(long position, long length) throws IOException {
    if (position < 0 || length < 0 || length > size || position > size - length) {
      throw new EOFException(
          "%d bytes at %d lie outside the disk of %d bytes".formatted(length, position, size));
    }
  }
}
