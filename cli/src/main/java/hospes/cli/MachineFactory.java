package hospes.cli;

import hospes.boards.VirtSpec;
import hospes.machine.Machine;

/// Builds a machine.
@FunctionalInterface
interface MachineFactory {
  /// The machine, at power-on.
  Machine create(VirtSpec spec);
}
