package hospes.host;

import hospes.machine.Machine;
import hospes.memory.FrameTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A machine in the hands of the host: what can be done with it as a whole, which depends on what
/// it is built of. Belongs to the thread that runs the guest.
public interface GuestMachine extends AutoCloseable {
  /// The machine. Another one after [#powerCycle].
  Machine machine();

  /// What it is.
  MachineDescription description();

  /// Bytes of host memory that hold its memory.
  long residentBytes();

  /// Bytes of host memory that hold its memory, and no other machine's.
  default long ownBytes() {
    return residentBytes();
  }

  /// Pages of its memory that its system gave up for the host; empty where none can be asked for,
  /// because it has no balloon, or nobody drives it.
  default OptionalInt balloonPages() {
    return OptionalInt.empty();
  }

  /// Its memory, where that is frames of the host's pool.
  default Optional<FrameTable> memory() {
    return Optional.empty();
  }

  /// The disks that failed, by name, with the first failure of each.
  default Map<String, IOException> driveFailures() {
    return Map.of();
  }

  /// What becomes of it when it waits for input, and no input will come.
  default Outcome.Ending endWithoutInput() {
    return new Outcome.Ending.Stuck(
        "it waits for an interrupt, but no timer is set and no input will come");
  }

  /// Whether it was just told that it is another machine than it was: until it is at rest, it
  /// is not to be disturbed by input, for its clock may be wrong yet.
  default boolean isSettling() {
    return false;
  }

  /// The files that were made to hold what this machine, a fork or restored, writes to its disks.
  /// They go with it, unless they are to be [kept][#keepDrives].
  default List<Path> ownDrives() {
    return List.of();
  }

  /// Lets the files that were made for this machine stay.
  default void keepDrives() {}

  /// A second machine with the same state, independent from now on.
  ///
  /// @throws HostException where this machine cannot be forked
  GuestMachine fork(MachineWiring wiring, ForkIdentity identity);

  /// The whole state now. The machine may go on, and be closed, before what is returned is.
  ///
  /// @throws HostException where this machine cannot be saved
  FrozenMachine freeze();

  /// Switches it off and on again.
  void powerCycle();

  /// Gives back what it holds.
  @Override
  void close();
}
