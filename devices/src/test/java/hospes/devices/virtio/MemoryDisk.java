package hospes.devices.virtio;

import hospes.machine.BlockStore;
import java.io.IOException;
import java.util.Arrays;

/// A disk in an array, which counts what is asked of it and fails on demand.
final class MemoryDisk implements BlockStore {
  enum Mode {
    READ_WRITE,
    READ_ONLY
  }

  final byte[] content;
  private final Mode mode;
  boolean fails;
  int flushes;
  long bytesMoved;

  MemoryDisk(int sectors, Mode mode) {
    this.content = new byte[sectors * 512];
    this.mode = mode;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public boolean isReadOnly() {
    return mode == Mode.READ_ONLY;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    work(length);
    System.arraycopy(content, Math.toIntExact(position), to, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    work(length);
    System.arraycopy(from, offset, content, Math.toIntExact(position), length);
  }

  @Override
  public void discard(long position, long length) throws IOException {
    work(length);
    int from = Math.toIntExact(position);
    Arrays.fill(content, from, Math.toIntExact(from + length), (byte) 0);
  }

  @Override
  public void flush() throws IOException {
    work(0);
    flushes++;
  }

  private void work(long bytes) throws IOException {
    if (fails) {
      throw new IOException("the disk is on fire");
    }
    bytesMoved += bytes;
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
