package hospes.host;

import hospes.engine.EngineSettings;
import hospes.machine.ConsoleOutput;
import hospes.memory.FramePool;

/// What the host gives to a machine.
///
/// @param console where its console's output goes
/// @param engine how its code is executed, where its plan does not say
/// @param pool where its memory comes from, as that of the host's other guests
public record MachineWiring(ConsoleOutput console, EngineSettings engine, FramePool pool) {}
