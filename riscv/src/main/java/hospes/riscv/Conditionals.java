package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Conditional zeroing. RISC-V Unprivileged ISA 20240411, 12.
@Extension("Zicond")
final class Conditionals {
  private Conditionals() {}

  /// Zero if rs2 is zero, else rs1.
  @Instruction("czero.eqz rd, rs1, rs2 : 0000111 rs2 rs1 101 rd 0110011")
  static long czeroEqz(@X long rs1, @X long rs2) {
    return rs2 == 0 ? 0 : rs1;
  }

  /// Zero if rs2 is not zero, else rs1.
  @Instruction("czero.nez rd, rs1, rs2 : 0000111 rs2 rs1 111 rd 0110011")
  static long czeroNez(@X long rs1, @X long rs2) {
    return rs2 == 0 ? rs1 : 0;
  }
}
