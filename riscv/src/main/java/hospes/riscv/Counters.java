package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// Counters and who may read them. RISC-V Privileged ISA 20240411, 3.1.10 to 3.1.12; RISC-V
/// Unprivileged ISA, 8 (Zicntr).
///
/// A cycle is one executed instruction; an instruction that traps takes a cycle but does not
/// retire.
final class Counters {
  private static final int CYCLE = 0;
  private static final int TIME = 1;
  private static final int RETIRED = 2;
  private static final int FIRST_EVENT = 3;
  private static final int COUNTERS = 32;

  private final Hart hart;
  private long machineEnable;
  private long supervisorEnable;
  private long cycleOffset;
  private long retiredOffset;
  private long trapped;

  Counters(Hart hart) {
    this.hart = hart;
  }

  /// Counts an instruction that trapped.
  void countTrap() {
    trapped++;
  }

  /// Lets S-mode and U-mode read all counters, as firmware does before it starts a kernel.
  void openAll() {
    machineEnable = 0xffff_ffffL;
  }

  // An instruction that reads a counter reads it as it was before (RISC-V Unprivileged ISA, 6.1),
  // but is already among the executed ones.

  private long cycles() {
    return hart.executed() - 1 + cycleOffset;
  }

  private long retired() {
    return hart.executed() - 1 - trapped + retiredOffset;
  }

  private boolean mayRead(int counter) {
    int mode = hart.mode();
    return mode == Mode.MACHINE
        || (machineEnable >>> counter & 1) != 0
            && (mode == Mode.SUPERVISOR || (supervisorEnable >>> counter & 1) != 0);
  }

  void define(CsrFile csrs) {
    csrs.at(0x306, () -> machineEnable).write(value -> machineEnable = value & 0xffff_ffffL);
    csrs.at(0x106, () -> supervisorEnable).write(value -> supervisorEnable = value & 0xffff_ffffL);
    csrs.at(0x320, () -> 0);
    csrs.at(0xb00, this::cycles).write(value -> cycleOffset = value - hart.executed());
    csrs.at(0xb02, this::retired)
        .write(value -> retiredOffset = value - (hart.executed() - trapped));
    csrs.at(0xc00, this::cycles).when(() -> mayRead(CYCLE));
    csrs.at(0xc01, hart::ticks).when(() -> mayRead(TIME));
    csrs.at(0xc02, this::retired).when(() -> mayRead(RETIRED));
    for (int i = FIRST_EVENT; i < COUNTERS; i++) {
      int counter = i;
      csrs.at(0xb00 + i, () -> 0);
      csrs.at(0x320 + i, () -> 0);
      csrs.at(0xc00 + i, () -> 0).when(() -> mayRead(counter));
    }
  }

  /// Whether a mode below M may use the time, and so `stimecmp` (manual, 16.2).
  boolean mayUseTime() {
    return hart.mode() == Mode.MACHINE || (machineEnable >>> TIME & 1) != 0;
  }

  void save(RecordWriter out) {
    out.putLongs(new long[] {machineEnable, supervisorEnable, cycleOffset, retiredOffset, trapped});
  }

  void restore(RecordReader in) {
    machineEnable = in.getLong();
    supervisorEnable = in.getLong();
    cycleOffset = in.getLong();
    retiredOffset = in.getLong();
    trapped = in.getLong();
  }
}
