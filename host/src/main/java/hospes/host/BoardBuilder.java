package hospes.host;

import hospes.boards.BoardException;
import hospes.boards.VirtSpec;
import hospes.machine.Machine;
import hospes.memory.FramePool;

/// Builds a machine from the specification of a `virt` board.
@FunctionalInterface
public interface BoardBuilder {
  /// The machine at power-on.
  ///
  /// @param pool where its memory is to come from
  /// @throws BoardException where it cannot be built
  Machine build(VirtSpec spec, FramePool pool);
}
