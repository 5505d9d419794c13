package hospes.riscv;

import hospes.machine.Trap;
import org.jspecify.annotations.Nullable;

/// A hart's privilege mode, how memory looks from it, and the instructions that depend on it.
/// RISC-V Privileged ISA 20240411, 1.2, 3.1.6 and 3.3.
final class PrivilegeUnit {
  /// In how many ways memory is looked at: the sets of the TLB.
  static final int DATA_SETS = 4;

  /// In how many ways code is looked at.
  static final int CODE_SETS = 3;

  private static final int MACHINE_SET = 0;
  private static final int SUPERVISOR_SET = 1;
  private static final int USER_SET = 2;
  private static final int SUPERVISOR_WITH_USER_SET = 3;

  private final Hart hart;
  private final Status status;
  private int mode = Mode.MACHINE;
  private int dataMode = Mode.MACHINE;
  private boolean readableExecutables;

  PrivilegeUnit(Hart hart, Status status) {
    this.hart = hart;
    this.status = status;
  }

  /// The privilege mode.
  int mode() {
    return mode;
  }

  /// The mode whose rules loads and stores follow (MPRV, 3.1.6.3).
  int dataMode() {
    return dataMode;
  }

  /// Goes to a mode.
  void enter(int newMode) {
    mode = newMode;
    lookAnew();
  }

  /// Modes or status changed: memory is looked at in another way from now on.
  void lookAnew() {
    dataMode = status.has(Status.MPRV) && mode == Mode.MACHINE ? status.previousMode() : mode;
    boolean readsExecutable = status.has(Status.MXR);
    if (readsExecutable != readableExecutables) {
      readableExecutables = readsExecutable;
      hart.memory.flush();
    }
    hart.memory.select(
        switch (dataMode) {
          case Mode.USER -> USER_SET;
          case Mode.SUPERVISOR ->
              status.has(Status.SUM) ? SUPERVISOR_WITH_USER_SET : SUPERVISOR_SET;
          default -> MACHINE_SET;
        });
    hart.selectCode(
        switch (mode) {
          case Mode.USER -> USER_SET;
          case Mode.SUPERVISOR -> SUPERVISOR_SET;
          default -> MACHINE_SET;
        });
  }

  /// MRET (3.3.2).
  @Nullable Trap returnFromMachineTrap() {
    if (mode != Mode.MACHINE) {
      return hart.illegalInstruction();
    }
    hart.nextPc = hart.traps.machine.programCounter;
    enter(status.leaveMachineTrap());
    return null;
  }

  /// SRET (3.3.2).
  @Nullable Trap returnFromSupervisorTrap() {
    if (mode == Mode.USER || isSupervisorBarred(Status.TSR)) {
      return hart.illegalInstruction();
    }
    hart.nextPc = hart.traps.supervisor.programCounter;
    enter(status.leaveSupervisorTrap());
    return null;
  }

  /// WFI (3.3.3).
  @Nullable Trap waitForInterrupt() {
    if (mode == Mode.USER || isSupervisorBarred(Status.TW)) {
      return hart.illegalInstruction();
    }
    hart.suspend();
    return null;
  }

  /// SFENCE.VMA and SINVAL.VMA (11.2.1, chapter 14): of one page where a register is named, else of
  /// all.
  @Nullable Trap fenceTranslations(int addressRegister) {
    if (mode == Mode.USER || isSupervisorBarred(Status.TVM)) {
      return hart.illegalInstruction();
    }
    if (addressRegister == 0) {
      hart.forgetTranslations();
    } else {
      hart.mmu.forget(hart.x[addressRegister]);
    }
    return null;
  }

  /// SFENCE.W.INVAL and SFENCE.INVAL.IR (chapter 14).
  @Nullable Trap fenceInvalidations() {
    return mode == Mode.USER ? hart.illegalInstruction() : null;
  }

  private boolean isSupervisorBarred(long statusBit) {
    return mode == Mode.SUPERVISOR && status.has(statusBit);
  }
}
