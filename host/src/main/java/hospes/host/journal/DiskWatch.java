package hospes.host.journal;

import hospes.machine.BlockStore;
import java.io.IOException;

/// A disk whose failures are part of a recording: they are what a machine sees of its host without
/// asking for it. Counts what is done with the disk, so that a replay fails at the same place.
public final class DiskWatch implements BlockStore {
  /// Hears of failures.
  @FunctionalInterface
  public interface Listener {
    /// @param operation counts what was done with the disk since [#begin]
    void failed(long operation, IOException failure);
  }

  private final BlockStore disk;
  private long operations;
  private Listener listener = (operation, failure) -> {};
  private long failsAt = -1;
  private String failure = "";

  /// Watches a disk.
  public DiskWatch(BlockStore disk) {
    this.disk = disk;
  }

  /// Begins to count, for a recording or its replay.
  public void begin(Listener newListener) {
    operations = 0;
    listener = newListener;
  }

  /// Has an operation fail as it did when it was recorded.
  public void failAt(long operation, String why) {
    failsAt = operation;
    failure = why;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void watch(Work work) throws IOException {
    long number = operations++;
    if (number == failsAt) {
      throw new IOException(failure);
    }
    try {
      work.run();
    } catch (IOException e) {
      listener.failed(number, e);
      throw e;
    }
  }

  @Override
  public long size() {
    return disk.size();
  }

  @Override
  public boolean isReadOnly() {
    return disk.isReadOnly();
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    watch(() -> disk.read(position, to, offset, length));
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    watch(() -> disk.write(position, from, offset, length));
  }

  @Override
  public void discard(long position, long length) throws IOException {
    watch(() -> disk.discard(position, length));
  }

  @Override
  public void flush() throws IOException {
    watch(disk::flush);
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
