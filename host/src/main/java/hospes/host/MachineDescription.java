package hospes.host;

import java.util.List;

/// A machine in a few words, for the user.
///
/// @param board what it is
/// @param harts processor cores
/// @param memoryBytes size of its memory
/// @param drives its disks
public record MachineDescription(String board, int harts, long memoryBytes, List<String> drives) {}
