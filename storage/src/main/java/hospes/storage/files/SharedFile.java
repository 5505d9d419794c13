package hospes.storage.files;

import hospes.formats.FileAccess;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// An open file that any number of threads use, none of which can close it for the others by being
/// interrupted, as a channel would be.
public final class SharedFile implements FileAccess, Closeable {
  private final RandomAccessFile file;

  private SharedFile(Path path, String mode) throws IOException {
    file = new RandomAccessFile(path.toFile(), mode);
  }

  /// Opens a file that is there. Writing to it fails.
  public static SharedFile toRead(Path path) throws IOException {
    return new SharedFile(path, "r");
  }

  /// Opens a file to read and write it, and makes it where it is not there.
  public static SharedFile toWrite(Path path) throws IOException {
    return new SharedFile(path, "rw");
  }

  /// What locks are taken on. Whoever reads or writes by it can be interrupted.
  public FileChannel channel() {
    return file.getChannel();
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    synchronized (file) {
      file.seek(position);
      for (int done = 0; done < length; ) {
        int got = file.read(to, offset + done, length - done);
        if (got < 0) {
          throw new EOFException("the file became shorter while it was in use");
        }
        done += got;
      }
    }
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    synchronized (file) {
      file.seek(position);
      file.write(from, offset, length);
    }
  }

  /// Cuts it off, or makes it longer with zeros.
  public void truncate(long size) throws IOException {
    synchronized (file) {
      file.setLength(size);
    }
  }

  @Override
  public void flush() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
