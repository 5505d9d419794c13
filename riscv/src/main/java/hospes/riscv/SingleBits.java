package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Single bits. RISC-V Unprivileged ISA 20240411, 31.4.4.
@Extension("Zbs")
final class SingleBits {
  private SingleBits() {}

  /// Clears a bit.
  @Instruction("bclr rd, rs1, rs2 : 0100100 rs2 rs1 001 rd 0110011")
  static long bclr(@X long rs1, @X long rs2) {
    return rs1 & ~(1L << rs2);
  }

  /// Clears a bit.
  @Instruction("bclri rd, rs1, shamt : 010010 shamt[5:0] rs1 001 rd 0010011")
  @Alias("bclr rd, rs1, shamt = bclri rd, rs1, shamt")
  static long bclri(@X long rs1, @Shamt int shamt) {
    return rs1 & ~(1L << shamt);
  }

  /// Extracts a bit.
  @Instruction("bext rd, rs1, rs2 : 0100100 rs2 rs1 101 rd 0110011")
  static long bext(@X long rs1, @X long rs2) {
    return rs1 >>> rs2 & 1;
  }

  /// Extracts a bit.
  @Instruction("bexti rd, rs1, shamt : 010010 shamt[5:0] rs1 101 rd 0010011")
  @Alias("bext rd, rs1, shamt = bexti rd, rs1, shamt")
  static long bexti(@X long rs1, @Shamt int shamt) {
    return rs1 >>> shamt & 1;
  }

  /// Inverts a bit.
  @Instruction("binv rd, rs1, rs2 : 0110100 rs2 rs1 001 rd 0110011")
  static long binv(@X long rs1, @X long rs2) {
    return rs1 ^ 1L << rs2;
  }

  /// Inverts a bit.
  @Instruction("binvi rd, rs1, shamt : 011010 shamt[5:0] rs1 001 rd 0010011")
  @Alias("binv rd, rs1, shamt = binvi rd, rs1, shamt")
  static long binvi(@X long rs1, @Shamt int shamt) {
    return rs1 ^ 1L << shamt;
  }

  /// Sets a bit.
  @Instruction("bset rd, rs1, rs2 : 0010100 rs2 rs1 001 rd 0110011")
  static long bset(@X long rs1, @X long rs2) {
    return rs1 | 1L << rs2;
  }

  /// Sets a bit.
  @Instruction("bseti rd, rs1, shamt : 001010 shamt[5:0] rs1 001 rd 0010011")
  @Alias("bset rd, rs1, shamt = bseti rd, rs1, shamt")
  static long bseti(@X long rs1, @Shamt int shamt) {
    return rs1 | 1L << shamt;
  }
}
