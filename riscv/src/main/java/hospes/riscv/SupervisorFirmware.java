package hospes.riscv;

/// Firmware that is built into the host, and answers ECALL from S-mode in the place of code in
/// M-mode.
@FunctionalInterface
public interface SupervisorFirmware {
  /// Answers the call that the hart's registers a7 (extension) and a6 (function) name, by setting
  /// a0 and a1.
  void call(Hart hart);
}
