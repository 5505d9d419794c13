package hospes.devices;

/// The interrupt wires that lead from interrupt controllers into a hart (RISC-V Privileged ISA,
/// 3.1.9: `mip`).
public enum HartInterrupt {
  /// MSIP, from the CLINT.
  MACHINE_SOFTWARE,
  /// MTIP, from the CLINT.
  MACHINE_TIMER,
  /// MEIP, from the PLIC's M context.
  MACHINE_EXTERNAL,
  /// SEIP, from the PLIC's S context.
  SUPERVISOR_EXTERNAL
}
