package hospes.storage.files;

import hospes.formats.FileAccess;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// A file that is only read, by any number of threads, none of which can close it for the others by
/// being interrupted.
public final class ReadOnlyFile implements FileAccess, AutoCloseable {
  private final RandomAccessFile file;
  private final long size;

  public ReadOnlyFile(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    size = file.length();
  }

  @Override
  public long size() {
    return size;
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
    throw new IOException("the file is only read");
  }

  @Override
  public void flush() {
    // nothing was written
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
