package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Integer multiplication and division. RISC-V Unprivileged ISA 20240411, 13. The division of the
/// most negative number by -1 gives that number again, in Java as in the manual.
@Extension("M")
final class Multiplication {
  private Multiplication() {}

  /// The low half of the product.
  @Instruction("mul rd, rs1, rs2 : 0000001 rs2 rs1 000 rd 0110011")
  static long mul(@X long rs1, @X long rs2) {
    return rs1 * rs2;
  }

  /// The high half of the signed product.
  @Instruction("mulh rd, rs1, rs2 : 0000001 rs2 rs1 001 rd 0110011")
  static long mulh(@X long rs1, @X long rs2) {
    return Math.multiplyHigh(rs1, rs2);
  }

  /// The high half of the product of a signed and an unsigned number.
  @Instruction("mulhsu rd, rs1, rs2 : 0000001 rs2 rs1 010 rd 0110011")
  static long mulhsu(@X long rs1, @X long rs2) {
    return Math.multiplyHigh(rs1, rs2) + (rs2 >> 63 & rs1);
  }

  /// The high half of the unsigned product.
  @Instruction("mulhu rd, rs1, rs2 : 0000001 rs2 rs1 011 rd 0110011")
  static long mulhu(@X long rs1, @X long rs2) {
    return Math.unsignedMultiplyHigh(rs1, rs2);
  }

  /// The signed quotient; -1 for division by zero.
  @Instruction("div rd, rs1, rs2 : 0000001 rs2 rs1 100 rd 0110011")
  static long div(@X long rs1, @X long rs2) {
    return rs2 == 0 ? -1 : rs1 / rs2;
  }

  /// The unsigned quotient; all ones for division by zero.
  @Instruction("divu rd, rs1, rs2 : 0000001 rs2 rs1 101 rd 0110011")
  static long divu(@X long rs1, @X long rs2) {
    return rs2 == 0 ? -1 : Long.divideUnsigned(rs1, rs2);
  }

  /// The signed remainder; the dividend for division by zero.
  @Instruction("rem rd, rs1, rs2 : 0000001 rs2 rs1 110 rd 0110011")
  static long rem(@X long rs1, @X long rs2) {
    return rs2 == 0 ? rs1 : rs1 % rs2;
  }

  /// The unsigned remainder; the dividend for division by zero.
  @Instruction("remu rd, rs1, rs2 : 0000001 rs2 rs1 111 rd 0110011")
  static long remu(@X long rs1, @X long rs2) {
    return rs2 == 0 ? rs1 : Long.remainderUnsigned(rs1, rs2);
  }

  /// The product of low words.
  @Instruction("mulw rd, rs1, rs2 : 0000001 rs2 rs1 000 rd 0111011")
  static int mulw(@X int rs1, @X int rs2) {
    return rs1 * rs2;
  }

  /// The signed quotient of low words.
  @Instruction("divw rd, rs1, rs2 : 0000001 rs2 rs1 100 rd 0111011")
  static int divw(@X int rs1, @X int rs2) {
    return rs2 == 0 ? -1 : rs1 / rs2;
  }

  /// The unsigned quotient of low words.
  @Instruction("divuw rd, rs1, rs2 : 0000001 rs2 rs1 101 rd 0111011")
  static int divuw(@X int rs1, @X int rs2) {
    return rs2 == 0 ? -1 : Integer.divideUnsigned(rs1, rs2);
  }

  /// The signed remainder of low words.
  @Instruction("remw rd, rs1, rs2 : 0000001 rs2 rs1 110 rd 0111011")
  static int remw(@X int rs1, @X int rs2) {
    return rs2 == 0 ? rs1 : rs1 % rs2;
  }

  /// The unsigned remainder of low words.
  @Instruction("remuw rd, rs1, rs2 : 0000001 rs2 rs1 111 rd 0111011")
  static int remuw(@X int rs1, @X int rs2) {
    return rs2 == 0 ? rs1 : Integer.remainderUnsigned(rs1, rs2);
  }
}
