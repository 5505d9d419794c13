package hospes.zmachine;

import hospes.engine.Architecture;
import hospes.engine.CodeLayout;

/// The Z-machine as the engine sees it: the classes of instruction methods.
@Architecture(
    name = "zcode",
    prefix = "Z",
    state = ZProcessor.class,
    locals = {"long[] locals = core.locals", "hospes.memory.AddressSpace memory = core.memory"},
    operands = CodeLayout.Operands.LISTED,
    result = Value.class,
    instructions = {
      Arithmetic.class,
      Branches.class,
      Variables.class,
      Tables.class,
      Objects.class,
      Properties.class,
      Calls.class,
      Printing.class,
      Windows.class,
      Input.class,
      Saving.class,
    })
final class ZArchitecture {
  private ZArchitecture() {}
}
