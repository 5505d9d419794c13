package hospes.formats.snapshot;

import hospes.formats.snapshot.SnapshotFormatException.Problem;

/// What a snapshot is of.
///
/// @param machine the machine's make, which a machine that is to take the state over must have too
/// @param hospesVersion what wrote it; for people
/// @param memoryBytes size of the machine's memory
/// @param harts its processors
/// @param guest what runs in it; for people
public record SnapshotHeader(
    String machine, String hospesVersion, long memoryBytes, int harts, String guest) {

  /// Makes sure that a machine can take over the state.
  ///
  /// @throws SnapshotFormatException where it is of another make or size
  public void requireMachine(String make, long memory, int processors)
      throws SnapshotFormatException {
    if (!machine.equals(make) || memoryBytes != memory || harts != processors) {
      throw new SnapshotFormatException(
          Problem.OTHER_MACHINE,
          "the snapshot is of a machine '%s' with %d bytes of memory and %d harts; this one is '%s' with %d and %d"
              .formatted(machine, memoryBytes, harts, make, memory, processors));
    }
  }
}
