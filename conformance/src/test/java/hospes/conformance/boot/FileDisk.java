package hospes.conformance.boot;

import hospes.machine.BlockStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A disk in a file.
final class FileDisk implements BlockStore {
  private static final int ZEROS = 1 << 20;

  private final FileChannel file;
  private final long size;

  FileDisk(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    size = file.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, position);
      if (count < 0) {
        throw new EOFException("the file ends before " + position);
      }
      position += count;
    }
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
    while (buffer.hasRemaining()) {
      position += file.write(buffer, position);
    }
  }

  @Override
  public void discard(long position, long length) throws IOException {
    byte[] zeros = new byte[(int) Math.min(length, ZEROS)];
    for (long done = 0; done < length; done += zeros.length) {
      write(position + done, zeros, 0, (int) Math.min(zeros.length, length - done));
    }
  }

  @Override
  public void flush() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
