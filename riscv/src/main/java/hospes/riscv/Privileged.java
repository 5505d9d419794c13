package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Serializing;
import hospes.machine.Trap;
import org.jspecify.annotations.Nullable;

/// Privileged instructions. RISC-V Privileged ISA 20240411, 3.3, 11.2.1 and 14.
@Extension(value = "Privileged, Svinval", place = Place.CALLED)
final class Privileged {
  private Privileged() {}

  /// Returns from a trap to M-mode (3.3.2).
  @Instruction("mret : 001100000010 00000 000 00000 1110011")
  @Serializing
  static @Nullable Trap mret(Hart hart) {
    return hart.privilege.returnFromMachineTrap();
  }

  /// Returns from a trap to S-mode (3.3.2).
  @Instruction("sret : 000100000010 00000 000 00000 1110011")
  @Serializing
  static @Nullable Trap sret(Hart hart) {
    return hart.privilege.returnFromSupervisorTrap();
  }

  /// Waits for an interrupt (3.3.3).
  @Instruction("wfi : 000100000101 00000 000 00000 1110011")
  @Serializing
  static @Nullable Trap wfi(Hart hart) {
    return hart.privilege.waitForInterrupt();
  }

  /// Orders stores to page tables before translations (11.2.1).
  @Instruction("sfence.vma rs1, rs2 : 0001001 rs2 rs1 000 00000 1110011")
  @Alias({"sfence.vma = sfence.vma x0, x0", "sfence.vma rs1 = sfence.vma rs1, x0"})
  @Serializing
  static @Nullable Trap sfenceVma(Hart hart, @Index int rs1) {
    return hart.privilege.fenceTranslations(rs1);
  }

  /// Drops translations (Svinval).
  @Instruction("sinval.vma rs1, rs2 : 0001011 rs2 rs1 000 00000 1110011")
  @Serializing
  static @Nullable Trap sinvalVma(Hart hart, @Index int rs1) {
    return hart.privilege.fenceTranslations(rs1);
  }

  /// Orders stores before SINVAL.VMA (Svinval).
  @Instruction("sfence.w.inval : 000110000000 00000 000 00000 1110011")
  @Serializing
  static @Nullable Trap sfenceWInval(Hart hart) {
    return hart.privilege.fenceInvalidations();
  }

  /// Orders SINVAL.VMA before what follows (Svinval).
  @Instruction("sfence.inval.ir : 000110000001 00000 000 00000 1110011")
  @Serializing
  static @Nullable Trap sfenceInvalIr(Hart hart) {
    return hart.privilege.fenceInvalidations();
  }
}
