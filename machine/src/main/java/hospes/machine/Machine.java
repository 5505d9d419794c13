package hospes.machine;

import java.util.function.Consumer;

/// What a guest is made of: a deterministic state machine.
///
/// From the same state, with the same deliveries at the same instruction counts, a machine
/// always reaches the same state, whatever the host's clock and threads did (DESIGN.md, law 2). It
/// runs only inside [#run], on the calling thread, and everything from outside reaches it through
/// its [Inbox].
public interface Machine extends AutoCloseable {
  /// Executes at most `budget` instructions; fewer where the machine stops, or has nothing to do.
  /// Nothing a guest does is thrown out of here.
  StopReason run(long budget);

  /// Instructions executed since the machine was made, those that trapped included; the sum over
  /// all harts.
  long instructions();

  /// The only door through which the outside world reaches this machine.
  Inbox inbox();

  /// Guest time in nanoseconds since power-on.
  long nanoseconds();

  /// Hands out the whole state, a record at a time, always in the same order.
  void save(Consumer<StateRecord> sink);

  /// Takes over the state of a machine of the same make.
  ///
  /// @throws SnapshotException where the snapshot is of another make, damaged, or of an unknown
  /// version
  void restore(Snapshot snapshot);

  /// Gives back the memory that the machine holds.
  @Override
  void close();
}
