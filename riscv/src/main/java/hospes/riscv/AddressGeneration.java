package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Address generation. RISC-V Unprivileged ISA 20240411, 31.4.1.
@Extension("Zba")
final class AddressGeneration {
  private AddressGeneration() {}

  /// Adds the zero-extended low word of rs1.
  @Instruction("add.uw rd, rs1, rs2 : 0000100 rs2 rs1 000 rd 0111011")
  @Alias("zext.w rd, rs1 = add.uw rd, rs1, x0")
  static long addUw(@X int rs1, @X long rs2) {
    return Integer.toUnsignedLong(rs1) + rs2;
  }

  /// Shifts left by 1 and adds.
  @Instruction("sh1add rd, rs1, rs2 : 0010000 rs2 rs1 010 rd 0110011")
  static long sh1add(@X long rs1, @X long rs2) {
    return (rs1 << 1) + rs2;
  }

  /// Shifts the zero-extended low word left by 1 and adds.
  @Instruction("sh1add.uw rd, rs1, rs2 : 0010000 rs2 rs1 010 rd 0111011")
  static long sh1addUw(@X int rs1, @X long rs2) {
    return (Integer.toUnsignedLong(rs1) << 1) + rs2;
  }

  /// Shifts left by 2 and adds.
  @Instruction("sh2add rd, rs1, rs2 : 0010000 rs2 rs1 100 rd 0110011")
  static long sh2add(@X long rs1, @X long rs2) {
    return (rs1 << 2) + rs2;
  }

  /// Shifts the zero-extended low word left by 2 and adds.
  @Instruction("sh2add.uw rd, rs1, rs2 : 0010000 rs2 rs1 100 rd 0111011")
  static long sh2addUw(@X int rs1, @X long rs2) {
    return (Integer.toUnsignedLong(rs1) << 2) + rs2;
  }

  /// Shifts left by 3 and adds.
  @Instruction("sh3add rd, rs1, rs2 : 0010000 rs2 rs1 110 rd 0110011")
  static long sh3add(@X long rs1, @X long rs2) {
    return (rs1 << 3) + rs2;
  }

  /// Shifts the zero-extended low word left by 3 and adds.
  @Instruction("sh3add.uw rd, rs1, rs2 : 0010000 rs2 rs1 110 rd 0111011")
  static long sh3addUw(@X int rs1, @X long rs2) {
    return (Integer.toUnsignedLong(rs1) << 3) + rs2;
  }

  /// Shifts the zero-extended low word left.
  @Instruction("slli.uw rd, rs1, shamt : 000010 shamt[5:0] rs1 001 rd 0011011")
  static long slliUw(@X int rs1, @Shamt int shamt) {
    return Integer.toUnsignedLong(rs1) << shamt;
  }
}
