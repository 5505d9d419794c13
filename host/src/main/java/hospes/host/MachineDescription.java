package hospes.host;

import hospes.formats.snapshot.SnapshotHeader;
import java.lang.module.ModuleDescriptor;
import java.util.List;

/// A machine in a few words, for the user.
///
/// @param board what it is
/// @param harts processor cores
/// @param memoryBytes size of its memory
/// @param drives its disks
/// @param console how its console wants to be treated
public record MachineDescription(
    String board, int harts, long memoryBytes, List<String> drives, ConsoleStyle console) {
  /// A machine whose console is a serial line.
  public MachineDescription(String board, int harts, long memoryBytes, List<String> drives) {
    this(board, harts, memoryBytes, drives, ConsoleStyle.SERIAL);
  }

  /// The header of a snapshot of a guest with such a machine.
  SnapshotHeader header(String guestName) {
    return new SnapshotHeader(board, hospesVersion(), memoryBytes, harts, guestName);
  }

  static String hospesVersion() {
    ModuleDescriptor module = MachineDescription.class.getModule().getDescriptor();
    return module == null ? "" : module.rawVersion().orElse("");
  }
}
