package hospes.riscv;

import hospes.machine.Trap;
import hospes.machine.TrapException;
import hospes.riscv.fp.FloatStatus;
import org.jspecify.annotations.Nullable;

/// `fcsr`, and what every floating-point instruction checks. RISC-V Unprivileged ISA 20240411,
/// 21.2.
final class FloatUnit {
  private static final int DYNAMIC = 7;
  private static final int LAST_MODE = 4;

  final FloatStatus status = new FloatStatus();
  int roundingMode;

  private final Status machineStatus;

  FloatUnit(Status machineStatus) {
    this.machineStatus = machineStatus;
  }

  /// A trap where floating point is switched off (`mstatus.FS`).
  @Nullable Trap guard() {
    return machineStatus.has(Status.FS) ? null : new RiscvTrap.IllegalInstruction();
  }

  /// The rounding mode of an instruction, with the dynamic one resolved; reserved ones are illegal.
  int rounding(int encoded) {
    int rounding = encoded == DYNAMIC ? roundingMode : encoded;
    if (rounding > LAST_MODE) {
      throw new TrapException(new RiscvTrap.IllegalInstruction());
    }
    machineStatus.bits |= Status.FS;
    return rounding;
  }

  /// The result of a comparison, which writes no floating-point register but may have raised a
  /// flag: that too makes the state dirty (privileged manual, 3.1.6.6).
  int compared(boolean result) {
    if (status.flags != 0) {
      machineStatus.bits |= Status.FS;
    }
    return result ? 1 : 0;
  }
}
