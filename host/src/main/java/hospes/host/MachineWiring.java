package hospes.host;

import hospes.engine.EngineSettings;
import hospes.machine.ConsoleOutput;

/// What the host gives to a machine.
///
/// @param console where its console's output goes
/// @param engine how its code is executed, where its plan does not say
public record MachineWiring(ConsoleOutput console, EngineSettings engine) {}
