package hospes.host.guest;

import hospes.engine.EngineSettings;
import hospes.machine.ConsoleOutput;
import hospes.memory.FramePool;

/// What a host has for the machine of a guest that is being made.
///
/// @param name the guest's
/// @param console where its console's output goes
/// @param engine how its code is executed
/// @param pool where its memory comes from, as that of the host's other guests
public record Supplies(String name, ConsoleOutput console, EngineSettings engine, FramePool pool) {
  /// The same for a guest that speaks to another console.
  public Supplies with(ConsoleOutput otherConsole) {
    return new Supplies(name, otherConsole, engine, pool);
  }
}
