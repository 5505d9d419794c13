package hospes.virt;

import hospes.devices.HartInterrupt;
import hospes.devices.HartLines;
import hospes.devices.Level;
import hospes.riscv.Hart;
import hospes.riscv.Interrupt;

/// Connects the wires of interrupt controllers to a hart's interrupt inputs.
final class HartWires {
  private HartWires() {}

  static HartLines of(Hart hart) {
    return (which, level) -> {
      long bit = bit(which);
      if (level == Level.HIGH) {
        hart.raise(bit);
      } else {
        hart.lower(bit);
      }
    };
  }

  private static long bit(HartInterrupt which) {
    return switch (which) {
      case MACHINE_SOFTWARE -> Interrupt.MSI;
      case MACHINE_TIMER -> Interrupt.MTI;
      case MACHINE_EXTERNAL -> Interrupt.MEI;
      case SUPERVISOR_EXTERNAL -> Interrupt.SEI;
    };
  }
}
