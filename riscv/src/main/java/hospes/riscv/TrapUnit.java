package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// Where traps go and come back from: the trap registers of M-mode and S-mode, delegation and
/// interrupts. RISC-V Privileged ISA 20240411, 3.1 and 10.1.
final class TrapUnit {
  /// The trap registers of one mode.
  static final class Vector {
    long handler;
    long scratch;
    long programCounter;
    long cause;
    long value;

    /// Where the handler of a cause starts.
    long target(long cause) {
      boolean vectored = (handler & 1) != 0 && cause < 0;
      return (handler & ~3L) + (vectored ? 4 * (cause & 63) : 0);
    }

    void save(RecordWriter out) {
      out.putLongs(new long[] {handler, scratch, programCounter, cause, value});
    }

    void restore(RecordReader in) {
      handler = in.getLong();
      scratch = in.getLong();
      programCounter = in.getLong();
      cause = in.getLong();
      value = in.getLong();
    }
  }

  static final long INTERRUPT = Long.MIN_VALUE;

  /// Exceptions that can be delegated: all but ECALL from M-mode (3.1.8).
  static final long DELEGABLE = 0xb3ff;

  /// The order in which pending interrupts of one mode are taken (3.1.9).
  private static final long[] PRIORITY = {
    Interrupt.MEI, Interrupt.MSI, Interrupt.MTI, Interrupt.SEI, Interrupt.SSI, Interrupt.STI
  };

  private static final String[] EXCEPTIONS = {
    "instruction address misaligned",
    "instruction access fault",
    "illegal instruction",
    "breakpoint",
    "load address misaligned",
    "load access fault",
    "store/AMO address misaligned",
    "store/AMO access fault",
    "environment call from U-mode",
    "environment call from S-mode",
    "reserved",
    "environment call from M-mode",
    "instruction page fault",
    "load page fault",
    "reserved",
    "store/AMO page fault"
  };

  private static final String[] INTERRUPTS = {
    "reserved",
    "supervisor software interrupt",
    "reserved",
    "machine software interrupt",
    "reserved",
    "supervisor timer interrupt",
    "reserved",
    "machine timer interrupt",
    "reserved",
    "supervisor external interrupt",
    "reserved",
    "machine external interrupt"
  };

  /// What the manual calls a value of `xcause` (3.1.15).
  static String name(long cause) {
    String[] names = cause < 0 ? INTERRUPTS : EXCEPTIONS;
    long code = cause & ~INTERRUPT;
    return code < names.length ? names[(int) code] : "reserved";
  }

  final Vector machine = new Vector();
  final Vector supervisor = new Vector();
  long delegatedExceptions;
  long delegatedInterrupts;
  long enabled;

  /// Interrupts that software made pending.
  long software;

  /// Interrupts that devices and timers hold pending.
  long lines;

  long pending() {
    return software | lines;
  }

  /// Writes `mip`: only bits that software may set; STIP is not among them while `stimecmp` drives
  /// it.
  void writePending(long value, EnvironmentConfiguration environment) {
    long writable =
        Interrupt.SUPERVISOR & (environment.hasSupervisorTimer() ? ~Interrupt.STI : -1L);
    software = software & ~writable | value & writable;
  }

  /// The interrupt to be taken now, as a bit of `mip`, or 0.
  long next(int mode, Status status) {
    long candidates = pending() & enabled;
    if (candidates == 0) {
      return 0;
    }
    long forMachine = candidates & ~delegatedInterrupts;
    if (forMachine != 0 && (mode < Mode.MACHINE || status.has(Status.MIE))) {
      return first(forMachine);
    }
    long forSupervisor = candidates & delegatedInterrupts;
    boolean open = mode < Mode.SUPERVISOR || mode == Mode.SUPERVISOR && status.has(Status.SIE);
    return forSupervisor != 0 && open ? first(forSupervisor) : 0;
  }

  private static long first(long interrupts) {
    for (long interrupt : PRIORITY) {
      if ((interrupts & interrupt) != 0) {
        return interrupt;
      }
    }
    return 0;
  }

  /// Whether an exception or interrupt in a mode goes to S-mode.
  boolean isDelegated(long cause, int mode) {
    long delegated = cause < 0 ? delegatedInterrupts : delegatedExceptions;
    return mode != Mode.MACHINE && (delegated >>> (cause & 63) & 1) != 0;
  }

  /// The trap registers of M-mode or S-mode.
  Vector vector(int mode) {
    return mode == Mode.SUPERVISOR ? supervisor : machine;
  }

  /// Notes a trap in the registers of the mode that handles it, which is the result.
  int enter(long cause, long value, long programCounter, int mode, Status status) {
    int handler = isDelegated(cause, mode) ? Mode.SUPERVISOR : Mode.MACHINE;
    Vector vector = vector(handler);
    vector.programCounter = programCounter;
    vector.cause = cause;
    vector.value = value;
    if (handler == Mode.SUPERVISOR) {
      status.enterSupervisorTrap(mode);
    } else {
      status.enterMachineTrap(mode);
    }
    return handler;
  }

  void save(RecordWriter out) {
    machine.save(out);
    supervisor.save(out);
    out.putLongs(new long[] {delegatedExceptions, delegatedInterrupts, enabled, software, lines});
  }

  void restore(RecordReader in) {
    machine.restore(in);
    supervisor.restore(in);
    delegatedExceptions = in.getLong();
    delegatedInterrupts = in.getLong();
    enabled = in.getLong();
    software = in.getLong();
    lines = in.getLong();
  }
}
