package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Conditional branches. RISC-V Unprivileged ISA 20240411, 2.5.2.
@Extension("I")
final class Branches {
  private Branches() {}

  /// Branches if equal.
  @Instruction("beq rs1, rs2, offset : offset[12|10:5] rs2 rs1 000 offset[4:1|11] 1100011")
  @Alias("beqz rs1, offset = beq rs1, x0, offset")
  static boolean beq(@X long rs1, @X long rs2) {
    return rs1 == rs2;
  }

  /// Branches if not equal.
  @Instruction("bne rs1, rs2, offset : offset[12|10:5] rs2 rs1 001 offset[4:1|11] 1100011")
  @Alias("bnez rs1, offset = bne rs1, x0, offset")
  static boolean bne(@X long rs1, @X long rs2) {
    return rs1 != rs2;
  }

  /// Branches if less, signed.
  @Instruction("blt rs1, rs2, offset : offset[12|10:5] rs2 rs1 100 offset[4:1|11] 1100011")
  @Alias({"bltz rs1, offset = blt rs1, x0, offset", "bgtz rs2, offset = blt x0, rs2, offset"})
  static boolean blt(@X long rs1, @X long rs2) {
    return rs1 < rs2;
  }

  /// Branches if greater or equal, signed.
  @Instruction("bge rs1, rs2, offset : offset[12|10:5] rs2 rs1 101 offset[4:1|11] 1100011")
  @Alias({"blez rs2, offset = bge x0, rs2, offset", "bgez rs1, offset = bge rs1, x0, offset"})
  static boolean bge(@X long rs1, @X long rs2) {
    return rs1 >= rs2;
  }

  /// Branches if less, unsigned.
  @Instruction("bltu rs1, rs2, offset : offset[12|10:5] rs2 rs1 110 offset[4:1|11] 1100011")
  static boolean bltu(@X long rs1, @X long rs2) {
    return Long.compareUnsigned(rs1, rs2) < 0;
  }

  /// Branches if greater or equal, unsigned.
  @Instruction("bgeu rs1, rs2, offset : offset[12|10:5] rs2 rs1 111 offset[4:1|11] 1100011")
  static boolean bgeu(@X long rs1, @X long rs2) {
    return Long.compareUnsigned(rs1, rs2) >= 0;
  }
}
