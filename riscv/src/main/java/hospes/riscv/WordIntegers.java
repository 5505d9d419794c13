package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Integer computation on the low 32 bits, with results sign-extended. RISC-V Unprivileged ISA
/// 20240411, 4.2.
@Extension("I")
final class WordIntegers {
  private WordIntegers() {}

  /// Adds an immediate to the low word.
  @Instruction("addiw rd, rs1, imm : imm[11:0] rs1 000 rd 0011011")
  @Alias({"sext.w rd, rs1 = addiw rd, rs1, 0", "addw rd, rs1, imm = addiw rd, rs1, imm"})
  static int addiw(@X int rs1, @Imm int imm) {
    return rs1 + imm;
  }

  /// Shifts the low word left.
  @Instruction("slliw rd, rs1, shamt : 0000000 shamt[4:0] rs1 001 rd 0011011")
  @Alias("sllw rd, rs1, shamt = slliw rd, rs1, shamt")
  static int slliw(@X int rs1, @Shamt int shamt) {
    return rs1 << shamt;
  }

  /// Shifts the low word right, filling with zeros.
  @Instruction("srliw rd, rs1, shamt : 0000000 shamt[4:0] rs1 101 rd 0011011")
  @Alias("srlw rd, rs1, shamt = srliw rd, rs1, shamt")
  static int srliw(@X int rs1, @Shamt int shamt) {
    return rs1 >>> shamt;
  }

  /// Shifts the low word right, filling with its sign.
  @Instruction("sraiw rd, rs1, shamt : 0100000 shamt[4:0] rs1 101 rd 0011011")
  @Alias("sraw rd, rs1, shamt = sraiw rd, rs1, shamt")
  static int sraiw(@X int rs1, @Shamt int shamt) {
    return rs1 >> shamt;
  }

  /// Adds low words.
  @Instruction("addw rd, rs1, rs2 : 0000000 rs2 rs1 000 rd 0111011")
  static int addw(@X int rs1, @X int rs2) {
    return rs1 + rs2;
  }

  /// Subtracts low words.
  @Instruction("subw rd, rs1, rs2 : 0100000 rs2 rs1 000 rd 0111011")
  @Alias("negw rd, rs2 = subw rd, x0, rs2")
  static int subw(@X int rs1, @X int rs2) {
    return rs1 - rs2;
  }

  /// Shifts the low word left by the low five bits of rs2.
  @Instruction("sllw rd, rs1, rs2 : 0000000 rs2 rs1 001 rd 0111011")
  static int sllw(@X int rs1, @X int rs2) {
    return rs1 << rs2;
  }

  /// Shifts the low word right by the low five bits of rs2, filling with zeros.
  @Instruction("srlw rd, rs1, rs2 : 0000000 rs2 rs1 101 rd 0111011")
  static int srlw(@X int rs1, @X int rs2) {
    return rs1 >>> rs2;
  }

  /// Shifts the low word right by the low five bits of rs2, filling with its sign.
  @Instruction("sraw rd, rs1, rs2 : 0100000 rs2 rs1 101 rd 0111011")
  static int sraw(@X int rs1, @X int rs2) {
    return rs1 >> rs2;
  }
}
