package hospes.riscv;

/// `stimecmp`, and the supervisor timer interrupt that it drives. RISC-V Privileged ISA 20240411,
/// 16 (Sstc).
public final class SupervisorTimer {
  private final TimeSource time;
  private final TrapUnit traps;
  private final EnvironmentConfiguration environment;

  /// Ticks, unsigned.
  private long deadline = -1;

  SupervisorTimer(TimeSource time, TrapUnit traps, EnvironmentConfiguration environment) {
    this.time = time;
    this.traps = traps;
    this.environment = environment;
  }

  /// The time, in ticks, at which the interrupt becomes pending; unsigned.
  public long deadline() {
    return deadline;
  }

  void setDeadline(long ticks) {
    deadline = ticks;
    update();
  }

  void restoreDeadline(long ticks) {
    deadline = ticks;
  }

  /// Brings the interrupt in line with the time.
  public void update() {
    if (environment.hasSupervisorTimer()) {
      traps.software &= ~Interrupt.STI;
      if (Long.compareUnsigned(time.ticks(), deadline) >= 0) {
        traps.lines |= Interrupt.STI;
      } else {
        traps.lines &= ~Interrupt.STI;
      }
    }
  }

  /// The timer may have been switched on or off: it holds the interrupt, or software does (3.1.18).
  void switched() {
    if (environment.hasSupervisorTimer()) {
      update();
    } else {
      traps.lines &= ~Interrupt.STI;
    }
  }

  /// Whether the timer is in use and its time lies ahead.
  public boolean isAhead() {
    return environment.hasSupervisorTimer() && (traps.lines & Interrupt.STI) == 0;
  }
}
