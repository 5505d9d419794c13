package hospes.engine.translator;

import hospes.engine.Core;
import hospes.engine.Region;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Writes the ways out of a region, and holds their labels.
final class ExitWriter {
  static final ClassDesc CORE = Fields.describe(Core.class);
  static final ClassDesc TRAPPED = Fields.describe(TrapException.class);
  private static final ClassDesc REGION = Fields.describe(Region.class);
  private static final ClassDesc TRAP = Fields.describe(Trap.class);

  private final CodeBuilder code;
  private final RegisterTransfer registers;

  /// With nothing done.
  final Label refuse;

  /// To the address in [Locals#PC].
  final Label exit;

  /// The same, where the registers are stored already.
  final Label exitFrame;

  /// Behind the instruction that [Locals#WHERE] tells, because a store asked for it.
  final Label leave;

  /// At the instruction that [Locals#WHERE] tells, with a [TrapException] on the stack.
  final Label trapped;

  /// The same, where the registers are stored already and may be another frame's.
  final Label trappedInFrame;

  ExitWriter(CodeBuilder code, RegisterTransfer registers) {
    this.code = code;
    this.registers = registers;
    refuse = code.newLabel();
    exit = code.newLabel();
    exitFrame = code.newLabel();
    leave = code.newLabel();
    trapped = code.newLabel();
    trappedInFrame = code.newLabel();
  }

  /// Writes all of them.
  ///
  /// @param frames whether the region goes to other frames of registers
  void write(boolean frames) {
    if (frames) {
      code.labelBinding(trappedInFrame);
      trap();
      code.goto_(exitFrame);
    }
    code.labelBinding(trapped);
    trap();
    code.iload(Locals.REMAINING);
    point("executed");
    code.isub().istore(Locals.REMAINING);
    code.goto_(exit);
    code.labelBinding(leave);
    takeRemaining();
    code.lload(Locals.BASE);
    point("nextOffset");
    code.i2l().ladd().lstore(Locals.PC);
    code.labelBinding(exit);
    putRemaining();
    registers.store(code);
    code.labelBinding(exitFrame);
    code.aload(Locals.CORE).lload(Locals.PC).putfield(CORE, "pc", ConstantDescs.CD_long);
    code.iconst_1().ireturn();
    code.labelBinding(refuse).iconst_0().ireturn();
  }

  private void trap() {
    code.invokevirtual(TRAPPED, "trap", MethodTypeDesc.of(TRAP));
    code.aload(Locals.CORE).swap().putfield(CORE, "trap", TRAP);
    code.lload(Locals.BASE);
    point("offset");
    code.i2l().ladd().lstore(Locals.PC);
  }

  private void point(String what) {
    code.aload(0)
        .iload(Locals.WHERE)
        .invokevirtual(REGION, what, MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int));
  }

  /// Takes over what is left of the budget from the state.
  void takeRemaining() {
    code.aload(Locals.CORE).getfield(CORE, "remaining", ConstantDescs.CD_int);
    code.istore(Locals.REMAINING);
  }

  /// Tells the state what is left of the budget.
  void putRemaining() {
    code.aload(Locals.CORE)
        .iload(Locals.REMAINING)
        .putfield(CORE, "remaining", ConstantDescs.CD_int);
  }
}
