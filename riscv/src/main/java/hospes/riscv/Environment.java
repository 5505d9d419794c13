package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Pc;
import hospes.engine.Serializing;
import hospes.machine.Trap;

/// Environment calls and breakpoints; waiting on a reservation. RISC-V Unprivileged ISA 20240411,
/// 2.8 and 15.
@Extension(value = "I, Zawrs", place = Place.CALLED)
final class Environment {
  private Environment() {}

  /// Asks the execution environment.
  @Instruction("ecall : 000000000000 00000 000 00000 1110011")
  @Serializing
  static Trap ecall() {
    return new RiscvTrap.EnvironmentCall();
  }

  /// Asks the debugger.
  @Instruction("ebreak : 000000000001 00000 000 00000 1110011")
  @Serializing
  static Trap ebreak(@Pc long pc) {
    return new RiscvTrap.Breakpoint(pc);
  }

  /// Always illegal, however the architecture grows: it writes `cycle`, which is read-only.
  @Instruction("unimp : 110000000000 00000 001 00000 1110011")
  @Serializing
  static Trap unimp() {
    return new RiscvTrap.IllegalInstruction();
  }

  /// Waits on the reservation set; ends at once, as it may (Zawrs).
  @Instruction("wrs.nto : 000000001101 00000 000 00000 1110011")
  static void wrsNto() {
    // Waiting could only delay the hart that would end the wait.
  }

  /// Waits on the reservation set for a short time; ends at once, as it may (Zawrs).
  @Instruction("wrs.sto : 000000011101 00000 000 00000 1110011")
  static void wrsSto() {
    // As above.
  }
}
