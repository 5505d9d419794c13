package hospes.zmachine;

import hospes.engine.EngineSettings;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.zmachine.screen.StoryFiles;
import java.util.OptionalInt;

/// What to build a Z-machine from.
///
/// @param story what is played
/// @param name by which files that the story saves are called unless the user says otherwise: of
/// `zork.z3`, `zork`
/// @param screen what the story prints to
/// @param console where what the screen shows goes
/// @param files where the story may save to
/// @param seed what random numbers begin with; without one nobody can foretell them
/// @param entropy the source of randomness
/// @param engine how the story's code is executed
public record ZSpec(
    Story story,
    String name,
    ScreenSpec screen,
    ConsoleOutput console,
    StoryFiles files,
    OptionalInt seed,
    Entropy entropy,
    EngineSettings engine) {}
