package hospes.riscv;

/// Privilege modes. RISC-V Privileged ISA 20240411, 1.2.
public final class Mode {
  /// User.
  public static final int USER = 0;

  /// Supervisor.
  public static final int SUPERVISOR = 1;

  /// Machine.
  public static final int MACHINE = 3;

  private Mode() {}
}
