package hospes.storage;

import java.io.IOException;

/// A file on a disk that has no space left: it can be read, and every write fails.
record FullDisk(DiskFile file) implements DiskFile {
  static final String REASON = "No space left on device";

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
    throw new IOException(REASON);
  }

  @Override
  public void flush() throws IOException {
    throw new IOException(REASON);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
