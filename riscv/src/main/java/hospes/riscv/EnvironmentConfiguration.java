package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// `menvcfg` and `senvcfg`: what lower modes may use. RISC-V Privileged ISA 20240411, 3.1.18 and
/// 10.1.10.
final class EnvironmentConfiguration {
  private static final long FIOM = 1;
  private static final int CBIE_SHIFT = 4;
  private static final long CBIE = 3 << CBIE_SHIFT;
  private static final long CBCFE = 1 << 6;
  private static final long CBZE = 1 << 7;
  private static final long ADUE = 1L << 61;
  private static final long STCE = 1L << 63;
  private static final long SUPERVISOR = FIOM | CBIE | CBCFE | CBZE;
  private static final long MACHINE = SUPERVISOR | ADUE | STCE;

  /// At reset A and D bits are updated by hardware, as the device tree (Svadu) says.
  private long machine = ADUE;

  private long supervisor;

  long machine() {
    return machine;
  }

  void setMachine(long value) {
    machine = legal(value, machine) & MACHINE;
  }

  long supervisor() {
    return supervisor;
  }

  void setSupervisor(long value) {
    supervisor = legal(value, supervisor) & SUPERVISOR;
  }

  /// The field CBIE has no value 2: it keeps what it had.
  private static long legal(long value, long old) {
    return (value & CBIE) == 2L << CBIE_SHIFT ? value & ~CBIE | old & CBIE : value;
  }

  /// Gives lower modes everything, as firmware does before it starts a kernel.
  void openAll() {
    machine = MACHINE;
  }

  boolean updatesAccessedAndDirty() {
    return (machine & ADUE) != 0;
  }

  boolean hasSupervisorTimer() {
    return (machine & STCE) != 0;
  }

  boolean allowsInvalidate(int mode) {
    return allows(CBIE, mode);
  }

  boolean allowsClean(int mode) {
    return allows(CBCFE, mode);
  }

  boolean allowsZero(int mode) {
    return allows(CBZE, mode);
  }

  private boolean allows(long mask, int mode) {
    return mode == Mode.MACHINE
        || (machine & mask) != 0 && (mode == Mode.SUPERVISOR || (supervisor & mask) != 0);
  }

  void save(RecordWriter out) {
    out.putLong(machine);
    out.putLong(supervisor);
  }

  void restore(RecordReader in) {
    machine = in.getLong();
    supervisor = in.getLong();
  }
}
