package hospes.riscv;

/// `mstatus` and its restricted view `sstatus`. RISC-V Privileged ISA 20240411, 3.1.6 and 10.1.1.
final class Status {
  static final long SIE = 1 << 1;
  static final long MIE = 1 << 3;
  static final long SPIE = 1 << 5;
  static final long MPIE = 1 << 7;
  static final long SPP = 1 << 8;
  static final int MPP_SHIFT = 11;
  static final long MPP = 3 << MPP_SHIFT;
  static final long FS = 3 << 13;
  static final long MPRV = 1 << 17;
  static final long SUM = 1 << 18;
  static final long MXR = 1 << 19;
  static final long TVM = 1 << 20;
  static final long TW = 1 << 21;
  static final long TSR = 1 << 22;

  /// 64 bits in U-mode and in S-mode; nothing else is offered.
  private static final long WIDTHS = 2L << 32 | 2L << 34;

  private static final long SD = 1L << 63;
  private static final long SUPERVISOR = SIE | SPIE | SPP | FS | SUM | MXR;
  private static final long MACHINE = SUPERVISOR | MIE | MPIE | MPP | MPRV | TVM | TW | TSR;

  long bits;

  boolean has(long mask) {
    return (bits & mask) != 0;
  }

  void set(long mask) {
    bits |= mask;
  }

  void clear(long mask) {
    bits &= ~mask;
  }

  /// The privilege mode to which MRET returns.
  int previousMode() {
    return (int) (bits & MPP) >>> MPP_SHIFT;
  }

  long read() {
    return bits | WIDTHS | ((bits & FS) == FS ? SD : 0);
  }

  long readSupervisor() {
    return read() & (SUPERVISOR | SD | 3L << 32);
  }

  void write(long value) {
    long writable = MACHINE;
    if ((value & MPP) == 2 << MPP_SHIFT) {
      // There is no mode 2: the field keeps its legal value.
      writable &= ~MPP;
    }
    bits = bits & ~writable | value & writable;
  }

  void writeSupervisor(long value) {
    bits = bits & ~SUPERVISOR | value & SUPERVISOR;
  }

  /// Stacks mode and interrupt enable, and disables interrupts, as a trap to M-mode does (3.1.6.1).
  void enterMachineTrap(int mode) {
    move(MIE, MPIE);
    clear(MIE | MPP);
    set((long) mode << MPP_SHIFT);
  }

  /// Stacks mode and interrupt enable, and disables interrupts, as a trap to S-mode does.
  void enterSupervisorTrap(int mode) {
    move(SIE, SPIE);
    clear(SIE | SPP);
    set(mode == Mode.SUPERVISOR ? SPP : 0);
  }

  /// Unstacks what a trap to M-mode stacked; the mode to return to (3.3.2).
  int leaveMachineTrap() {
    int target = previousMode();
    move(MPIE, MIE);
    set(MPIE);
    clear(MPP | (target == Mode.MACHINE ? 0 : MPRV));
    return target;
  }

  /// Unstacks what a trap to S-mode stacked; the mode to return to (3.3.2).
  int leaveSupervisorTrap() {
    int target = has(SPP) ? Mode.SUPERVISOR : Mode.USER;
    move(SPIE, SIE);
    set(SPIE);
    clear(SPP | MPRV);
    return target;
  }

  private void move(long from, long to) {
    if (has(from)) {
      set(to);
    } else {
      clear(to);
    }
  }
}
