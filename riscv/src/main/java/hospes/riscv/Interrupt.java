package hospes.riscv;

/// Bits of `mip` and `mie`. RISC-V Privileged ISA 20240411, 3.1.9.
public final class Interrupt {
  /// Supervisor software interrupt.
  public static final long SSI = 1 << 1;

  /// Machine software interrupt.
  public static final long MSI = 1 << 3;

  /// Supervisor timer interrupt.
  public static final long STI = 1 << 5;

  /// Machine timer interrupt.
  public static final long MTI = 1 << 7;

  /// Supervisor external interrupt.
  public static final long SEI = 1 << 9;

  /// Machine external interrupt.
  public static final long MEI = 1 << 11;

  static final long SUPERVISOR = SSI | STI | SEI;
  static final long ALL = SUPERVISOR | MSI | MTI | MEI;

  private Interrupt() {}
}
