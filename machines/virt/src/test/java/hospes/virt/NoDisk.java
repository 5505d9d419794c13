package hospes.virt;

import hospes.machine.BlockStore;

/// A disk that nobody reads.
final class NoDisk implements BlockStore {
  @Override
  public long size() {
    return 512;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) {}

  @Override
  public void write(long position, byte[] from, int offset, int length) {}

  @Override
  public void discard(long position, long length) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
