package hospes.host.journal;

import hospes.machine.BlockStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A disk whose failures are part of a recording: they are what a machine sees of its host without
/// asking for it. Counts what is done with the disk since the recording began, so that a replay
/// fails at the same place, whatever an instruction count says amid an instruction.
///
/// Belongs to the thread that runs the machine.
public final class DiskWatch implements BlockStore {
  /// Hears of failures.
  @FunctionalInterface
  public interface Listener {
    /// @param operation counts, from 0, what was done with the disk
    void failed(long operation, IOException failure);
  }

  private final BlockStore disk;
  private Listener listener = (operation, failure) -> {};
  private long operations;

  /// The operations that are to fail.
  private final Map<Long, String> failures = new HashMap<>();
  private Optional<IOException> unexpected = Optional.empty();

  /// Watches a disk.
  public DiskWatch(BlockStore disk) {
    this.disk = disk;
  }

  /// Counts anew, and tells of failures from now on.
  void record(Listener newListener) {
    operations = 0;
    listener = newListener;
  }

  /// Tells nobody any more.
  void forget() {
    listener = (operation, failure) -> {};
  }

  /// Counts anew, and remembers failures that are not to be from now on.
  void replay() {
    record((operation, failure) -> unexpected = unexpected.or(() -> Optional.of(failure)));
  }

  /// How many operations there were.
  long operations() {
    return operations;
  }

  /// So many there were before.
  void startAt(long before) {
    operations = before;
  }

  /// Has an operation fail as it did when it was recorded.
  ///
  /// @param operation counts, from 0, those since the recording began
  void failAt(long operation, String why) {
    failures.put(operation, why);
  }

  /// What failed now, but not when it was recorded.
  Optional<IOException> unexpected() {
    return unexpected;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void watch(Work work) throws IOException {
    long operation = operations++;
    String why = failures.remove(operation);
    if (why != null) {
      throw new IOException(why);
    }
    try {
      work.run();
    } catch (IOException e) {
      listener.failed(operation, e);
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
