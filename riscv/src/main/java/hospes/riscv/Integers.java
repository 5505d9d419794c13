package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;
import hospes.engine.Pc;

/// Integer computation on 64 bits. RISC-V Unprivileged ISA 20240411, 2.4 and 4.2.
@Extension("I")
final class Integers {
  private Integers() {}

  /// Adds an immediate.
  @Instruction("addi rd, rs1, imm : imm[11:0] rs1 000 rd 0010011")
  @Alias({
    "nop = addi x0, x0, 0",
    "li rd, imm = addi rd, x0, imm",
    "mv rd, rs1 = addi rd, rs1, 0",
    "add rd, rs1, imm = addi rd, rs1, imm"
  })
  static long addi(@X long rs1, @Imm long imm) {
    return rs1 + imm;
  }

  /// Sets rd to 1 if rs1 is less, signed.
  @Instruction("slti rd, rs1, imm : imm[11:0] rs1 010 rd 0010011")
  static long slti(@X long rs1, @Imm long imm) {
    return rs1 < imm ? 1 : 0;
  }

  /// Sets rd to 1 if rs1 is less, unsigned.
  @Instruction("sltiu rd, rs1, imm : imm[11:0] rs1 011 rd 0010011")
  @Alias("seqz rd, rs1 = sltiu rd, rs1, 1")
  static long sltiu(@X long rs1, @Imm long imm) {
    return Long.compareUnsigned(rs1, imm) < 0 ? 1 : 0;
  }

  /// Exclusive or with an immediate.
  @Instruction("xori rd, rs1, imm : imm[11:0] rs1 100 rd 0010011")
  @Alias({"not rd, rs1 = xori rd, rs1, -1", "xor rd, rs1, imm = xori rd, rs1, imm"})
  static long xori(@X long rs1, @Imm long imm) {
    return rs1 ^ imm;
  }

  /// Or with an immediate.
  @Instruction("ori rd, rs1, imm : imm[11:0] rs1 110 rd 0010011")
  @Alias("or rd, rs1, imm = ori rd, rs1, imm")
  static long ori(@X long rs1, @Imm long imm) {
    return rs1 | imm;
  }

  /// And with an immediate.
  @Instruction("andi rd, rs1, imm : imm[11:0] rs1 111 rd 0010011")
  @Alias({"zext.b rd, rs1 = andi rd, rs1, 255", "and rd, rs1, imm = andi rd, rs1, imm"})
  static long andi(@X long rs1, @Imm long imm) {
    return rs1 & imm;
  }

  /// Shifts left.
  @Instruction("slli rd, rs1, shamt : 000000 shamt[5:0] rs1 001 rd 0010011")
  @Alias("sll rd, rs1, shamt = slli rd, rs1, shamt")
  static long slli(@X long rs1, @Shamt int shamt) {
    return rs1 << shamt;
  }

  /// Shifts right, filling with zeros.
  @Instruction("srli rd, rs1, shamt : 000000 shamt[5:0] rs1 101 rd 0010011")
  @Alias("srl rd, rs1, shamt = srli rd, rs1, shamt")
  static long srli(@X long rs1, @Shamt int shamt) {
    return rs1 >>> shamt;
  }

  /// Shifts right, filling with the sign.
  @Instruction("srai rd, rs1, shamt : 010000 shamt[5:0] rs1 101 rd 0010011")
  @Alias("sra rd, rs1, shamt = srai rd, rs1, shamt")
  static long srai(@X long rs1, @Shamt int shamt) {
    return rs1 >> shamt;
  }

  /// Adds.
  @Instruction("add rd, rs1, rs2 : 0000000 rs2 rs1 000 rd 0110011")
  static long add(@X long rs1, @X long rs2) {
    return rs1 + rs2;
  }

  /// Subtracts.
  @Instruction("sub rd, rs1, rs2 : 0100000 rs2 rs1 000 rd 0110011")
  @Alias("neg rd, rs2 = sub rd, x0, rs2")
  static long sub(@X long rs1, @X long rs2) {
    return rs1 - rs2;
  }

  /// Shifts left by the low six bits of rs2.
  @Instruction("sll rd, rs1, rs2 : 0000000 rs2 rs1 001 rd 0110011")
  static long sll(@X long rs1, @X long rs2) {
    return rs1 << rs2;
  }

  /// Sets rd to 1 if rs1 is less, signed.
  @Instruction("slt rd, rs1, rs2 : 0000000 rs2 rs1 010 rd 0110011")
  @Alias({"sltz rd, rs1 = slt rd, rs1, x0", "sgtz rd, rs2 = slt rd, x0, rs2"})
  static long slt(@X long rs1, @X long rs2) {
    return rs1 < rs2 ? 1 : 0;
  }

  /// Sets rd to 1 if rs1 is less, unsigned.
  @Instruction("sltu rd, rs1, rs2 : 0000000 rs2 rs1 011 rd 0110011")
  @Alias("snez rd, rs2 = sltu rd, x0, rs2")
  static long sltu(@X long rs1, @X long rs2) {
    return Long.compareUnsigned(rs1, rs2) < 0 ? 1 : 0;
  }

  /// Exclusive or.
  @Instruction("xor rd, rs1, rs2 : 0000000 rs2 rs1 100 rd 0110011")
  static long xor(@X long rs1, @X long rs2) {
    return rs1 ^ rs2;
  }

  /// Shifts right by the low six bits of rs2, filling with zeros.
  @Instruction("srl rd, rs1, rs2 : 0000000 rs2 rs1 101 rd 0110011")
  static long srl(@X long rs1, @X long rs2) {
    return rs1 >>> rs2;
  }

  /// Shifts right by the low six bits of rs2, filling with the sign.
  @Instruction("sra rd, rs1, rs2 : 0100000 rs2 rs1 101 rd 0110011")
  static long sra(@X long rs1, @X long rs2) {
    return rs1 >> rs2;
  }

  /// Or.
  @Instruction("or rd, rs1, rs2 : 0000000 rs2 rs1 110 rd 0110011")
  static long or(@X long rs1, @X long rs2) {
    return rs1 | rs2;
  }

  /// And.
  @Instruction("and rd, rs1, rs2 : 0000000 rs2 rs1 111 rd 0110011")
  static long and(@X long rs1, @X long rs2) {
    return rs1 & rs2;
  }

  /// Loads the upper 20 bits of a word.
  @Instruction("lui rd, imm : imm[31:12] rd 0110111")
  static long lui(@Upper long imm) {
    return imm;
  }

  /// Adds the upper 20 bits of a word to the address of the instruction.
  @Instruction("auipc rd, imm : imm[31:12] rd 0010111")
  static long auipc(@Pc long pc, @Upper long imm) {
    return pc + imm;
  }
}
