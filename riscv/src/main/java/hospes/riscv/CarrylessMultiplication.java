package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;

/// Carry-less multiplication. RISC-V Unprivileged ISA 20240411, 31.4.3.
@Extension(value = "Zbc", place = Place.CALLED)
final class CarrylessMultiplication {
  private CarrylessMultiplication() {}

  /// The low half of the carry-less product.
  @Instruction("clmul rd, rs1, rs2 : 0000101 rs2 rs1 001 rd 0110011")
  static long clmul(@X long rs1, @X long rs2) {
    long product = 0;
    for (long bits = rs2; bits != 0; bits &= bits - 1) {
      product ^= rs1 << Long.numberOfTrailingZeros(bits);
    }
    return product;
  }

  /// The high half of the carry-less product.
  @Instruction("clmulh rd, rs1, rs2 : 0000101 rs2 rs1 011 rd 0110011")
  static long clmulh(@X long rs1, @X long rs2) {
    return clmulr(rs1, rs2) >>> 1;
  }

  /// Bits 126 to 63 of the carry-less product.
  @Instruction("clmulr rd, rs1, rs2 : 0000101 rs2 rs1 010 rd 0110011")
  static long clmulr(@X long rs1, @X long rs2) {
    return Long.reverse(clmul(Long.reverse(rs1), Long.reverse(rs2)));
  }
}
