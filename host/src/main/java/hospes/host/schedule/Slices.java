package hospes.host.schedule;

/// Something that runs in slices of time: a guest, as the scheduler sees it.
public interface Slices {
  /// Runs on the calling thread for about `nanoseconds`, and less where there is nothing to do.
  Turn run(long nanoseconds);
}
