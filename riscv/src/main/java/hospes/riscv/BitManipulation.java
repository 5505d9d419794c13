package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Basic bit manipulation. RISC-V Unprivileged ISA 20240411, 31.4.2.
@Extension("Zbb")
final class BitManipulation {
  private BitManipulation() {}

  /// And with the inverse.
  @Instruction("andn rd, rs1, rs2 : 0100000 rs2 rs1 111 rd 0110011")
  static long andn(@X long rs1, @X long rs2) {
    return rs1 & ~rs2;
  }

  /// Or with the inverse.
  @Instruction("orn rd, rs1, rs2 : 0100000 rs2 rs1 110 rd 0110011")
  static long orn(@X long rs1, @X long rs2) {
    return rs1 | ~rs2;
  }

  /// Exclusive nor.
  @Instruction("xnor rd, rs1, rs2 : 0100000 rs2 rs1 100 rd 0110011")
  static long xnor(@X long rs1, @X long rs2) {
    return ~(rs1 ^ rs2);
  }

  /// Counts leading zeros.
  @Instruction("clz rd, rs1 : 011000000000 rs1 001 rd 0010011")
  static int clz(@X long rs1) {
    return Long.numberOfLeadingZeros(rs1);
  }

  /// Counts leading zeros of the low word.
  @Instruction("clzw rd, rs1 : 011000000000 rs1 001 rd 0011011")
  static int clzw(@X int rs1) {
    return Integer.numberOfLeadingZeros(rs1);
  }

  /// Counts trailing zeros.
  @Instruction("ctz rd, rs1 : 011000000001 rs1 001 rd 0010011")
  static int ctz(@X long rs1) {
    return Long.numberOfTrailingZeros(rs1);
  }

  /// Counts trailing zeros of the low word.
  @Instruction("ctzw rd, rs1 : 011000000001 rs1 001 rd 0011011")
  static int ctzw(@X int rs1) {
    return Integer.numberOfTrailingZeros(rs1);
  }

  /// Counts ones.
  @Instruction("cpop rd, rs1 : 011000000010 rs1 001 rd 0010011")
  static int cpop(@X long rs1) {
    return Long.bitCount(rs1);
  }

  /// Counts ones of the low word.
  @Instruction("cpopw rd, rs1 : 011000000010 rs1 001 rd 0011011")
  static int cpopw(@X int rs1) {
    return Integer.bitCount(rs1);
  }

  /// The greater one, signed.
  @Instruction("max rd, rs1, rs2 : 0000101 rs2 rs1 110 rd 0110011")
  static long max(@X long rs1, @X long rs2) {
    return Math.max(rs1, rs2);
  }

  /// The greater one, unsigned.
  @Instruction("maxu rd, rs1, rs2 : 0000101 rs2 rs1 111 rd 0110011")
  static long maxu(@X long rs1, @X long rs2) {
    return Long.compareUnsigned(rs1, rs2) > 0 ? rs1 : rs2;
  }

  /// The lesser one, signed.
  @Instruction("min rd, rs1, rs2 : 0000101 rs2 rs1 100 rd 0110011")
  static long min(@X long rs1, @X long rs2) {
    return Math.min(rs1, rs2);
  }

  /// The lesser one, unsigned.
  @Instruction("minu rd, rs1, rs2 : 0000101 rs2 rs1 101 rd 0110011")
  static long minu(@X long rs1, @X long rs2) {
    return Long.compareUnsigned(rs1, rs2) < 0 ? rs1 : rs2;
  }

  /// Sign-extends a byte.
  @Instruction("sext.b rd, rs1 : 011000000100 rs1 001 rd 0010011")
  static long sextB(@X byte rs1) {
    return rs1;
  }

  /// Sign-extends two bytes.
  @Instruction("sext.h rd, rs1 : 011000000101 rs1 001 rd 0010011")
  static long sextH(@X short rs1) {
    return rs1;
  }

  /// Zero-extends two bytes.
  @Instruction("zext.h rd, rs1 : 000010000000 rs1 100 rd 0111011")
  static long zextH(@X long rs1) {
    return rs1 & 0xffff;
  }

  /// Rotates left.
  @Instruction("rol rd, rs1, rs2 : 0110000 rs2 rs1 001 rd 0110011")
  static long rol(@X long rs1, @X long rs2) {
    return Long.rotateLeft(rs1, (int) rs2);
  }

  /// Rotates the low word left.
  @Instruction("rolw rd, rs1, rs2 : 0110000 rs2 rs1 001 rd 0111011")
  static int rolw(@X int rs1, @X int rs2) {
    return Integer.rotateLeft(rs1, rs2);
  }

  /// Rotates right.
  @Instruction("ror rd, rs1, rs2 : 0110000 rs2 rs1 101 rd 0110011")
  static long ror(@X long rs1, @X long rs2) {
    return Long.rotateRight(rs1, (int) rs2);
  }

  /// Rotates right by an immediate.
  @Instruction("rori rd, rs1, shamt : 011000 shamt[5:0] rs1 101 rd 0010011")
  @Alias("ror rd, rs1, shamt = rori rd, rs1, shamt")
  static long rori(@X long rs1, @Shamt int shamt) {
    return Long.rotateRight(rs1, shamt);
  }

  /// Rotates the low word right by an immediate.
  @Instruction("roriw rd, rs1, shamt : 0110000 shamt[4:0] rs1 101 rd 0011011")
  @Alias("rorw rd, rs1, shamt = roriw rd, rs1, shamt")
  static int roriw(@X int rs1, @Shamt int shamt) {
    return Integer.rotateRight(rs1, shamt);
  }

  /// Rotates the low word right.
  @Instruction("rorw rd, rs1, rs2 : 0110000 rs2 rs1 101 rd 0111011")
  static int rorw(@X int rs1, @X int rs2) {
    return Integer.rotateRight(rs1, rs2);
  }

  /// Sets each byte that is not zero to all ones.
  @Instruction("orc.b rd, rs1 : 001010000111 rs1 101 rd 0010011")
  static long orcB(@X long rs1) {
    long low = 0x7f7f7f7f_7f7f7f7fL;
    long highBits = ((rs1 & low) + low | rs1) & ~low;
    return (highBits >>> 7) * 0xff;
  }

  /// Reverses the bytes.
  @Instruction("rev8 rd, rs1 : 011010111000 rs1 101 rd 0010011")
  static long rev8(@X long rs1) {
    return Long.reverseBytes(rs1);
  }
}
