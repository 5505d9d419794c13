package hospes.boards;

import hospes.engine.EngineSettings;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import java.util.List;

/// What a [VirtMachine] is connected to, and is no part of its state.
///
/// @param console where the console's output goes
/// @param drives contents of the virtio disks, in the order of their slots
/// @param engine how guest code is executed
public record Wiring(ConsoleOutput console, List<BlockStore> drives, EngineSettings engine) {}
