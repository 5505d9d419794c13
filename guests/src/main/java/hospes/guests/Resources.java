package hospes.guests;

import hospes.engine.EngineSettings;
import hospes.machine.AskSink;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Tree;
import hospes.memory.FramePool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a host gives to a machine, and is no part of its state.
///
/// @param pool where its memory is from
/// @param engine how its code is executed
/// @param console where its console's output goes
/// @param disks contents of its disks, in the order in which its plan names them
/// @param asks takes what it asks for
/// @param trees files that cannot change, by name
public record Resources(
    FramePool pool,
    EngineSettings engine,
    ConsoleOutput console,
    List<BlockStore> disks,
    AskSink asks,
    Map<String, Tree> trees) {
  /// The files of this name.
  public Optional<Tree> tree(String name) {
    return Optional.ofNullable(trees.get(name));
  }
}
