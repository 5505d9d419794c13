package hospes.host.journal;

import hospes.machine.BlockStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A disk whose failures are part of a recording: they are what a machine sees of its host without
/// asking for it. Counts what is done with the disk at an instruction, so that a replay, from
/// wherever it started, fails at the same place.
///
/// Belongs to the thread that runs the machine.
public final class DiskWatch implements BlockStore {
  /// Hears of failures.
  @FunctionalInterface
  public interface Listener {
    /// @param operation counts, from 0, what was done with the disk at this instruction
    void failed(long instructions, long operation, IOException failure);
  }

  private final BlockStore disk;
  private LongSupplier clock = () -> 0;
  private Listener listener = (instructions, operation, failure) -> {};

  /// The instruction at which the last operations were done, and how many.
  private long instructions;

  private long operations;

  /// All operations, and which of them are to fail.
  private long total;

  private final Map<Long, String> failures = new HashMap<>();
  private Optional<IOException> unexpected = Optional.empty();

  /// Watches a disk.
  public DiskWatch(BlockStore disk) {
    this.disk = disk;
  }

  /// Tells of failures from now on.
  ///
  /// @param newClock the machine's instruction count
  void record(LongSupplier newClock, Listener newListener) {
    clock = newClock;
    listener = newListener;
    instructions = -1;
  }

  /// Tells nobody any more.
  void forget() {
    record(() -> 0, (at, operation, failure) -> {});
  }

  /// Remembers failures that are not to be from now on.
  void replay() {
    record(
        () -> 0,
        (at, operation, failure) -> unexpected = unexpected.or(() -> Optional.of(failure)));
  }

  /// Has an operation fail as it did when it was recorded.
  ///
  /// @param operation counts, from 0, those from now on
  void failAt(long operation, String why) {
    failures.put(total + operation, why);
  }

  /// Whether something that is to fail was not done yet.
  boolean isToFail() {
    return !failures.isEmpty();
  }

  /// What failed now, but not when it was recorded.
  Optional<IOException> unexpected() {
    return unexpected;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void watch(Work work) throws IOException {
    long now = clock.getAsLong();
    if (now != instructions) {
      instructions = now;
      operations = 0;
    }
    long operation = operations++;
    String why = failures.remove(total++);
    if (why != null) {
      throw new IOException(why);
    }
    try {
      work.run();
    } catch (IOException e) {
      listener.failed(now, operation, e);
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
