package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.machine.Trap;
import hospes.riscv.fp.Float32;
import org.jspecify.annotations.Nullable;

/// Single-precision conversions and moves. RISC-V Unprivileged ISA 20240411, 21.7.
@Extension(value = "F", place = Place.CALLED, guard = "guard")
final class SingleConversions {
  private SingleConversions() {}

  static @Nullable Trap guard(Hart hart) {
    return hart.floats.guard();
  }

  /// Rounds a single to a signed word; out of range, the nearest one with the invalid flag.
  @Instruction("fcvt.w.s rd, rs1, rm : 1100000 00000 rs1 rm rd 1010011")
  @Alias("fcvt.w.s rd, rs1 = fcvt.w.s rd, rs1, 7")
  static int fcvtWS(Hart hart, @S float rs1, @Rm int rm) {
    return Float32.toInt32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a single to an unsigned word, sign-extended; out of range, the nearest one with the
  /// invalid flag.
  @Instruction("fcvt.wu.s rd, rs1, rm : 1100000 00001 rs1 rm rd 1010011")
  @Alias("fcvt.wu.s rd, rs1 = fcvt.wu.s rd, rs1, 7")
  static int fcvtWUS(Hart hart, @S float rs1, @Rm int rm) {
    return Float32.toUint32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a single to a signed doubleword; out of range, the nearest one with the invalid flag.
  @Instruction("fcvt.l.s rd, rs1, rm : 1100000 00010 rs1 rm rd 1010011")
  @Alias("fcvt.l.s rd, rs1 = fcvt.l.s rd, rs1, 7")
  static long fcvtLS(Hart hart, @S float rs1, @Rm int rm) {
    return Float32.toInt64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a single to an unsigned doubleword; out of range, the nearest one with the invalid
  /// flag.
  @Instruction("fcvt.lu.s rd, rs1, rm : 1100000 00011 rs1 rm rd 1010011")
  @Alias("fcvt.lu.s rd, rs1 = fcvt.lu.s rd, rs1, 7")
  static long fcvtLUS(Hart hart, @S float rs1, @Rm int rm) {
    return Float32.toUint64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts a signed word to a single.
  @Instruction("fcvt.s.w rd, rs1, rm : 1101000 00000 rs1 rm rd 1010011")
  @Alias("fcvt.s.w rd, rs1 = fcvt.s.w rd, rs1, 7")
  @S
  static float fcvtSW(Hart hart, @X int rs1, @Rm int rm) {
    return Float32.fromInt32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts an unsigned word to a single.
  @Instruction("fcvt.s.wu rd, rs1, rm : 1101000 00001 rs1 rm rd 1010011")
  @Alias("fcvt.s.wu rd, rs1 = fcvt.s.wu rd, rs1, 7")
  @S
  static float fcvtSWU(Hart hart, @X int rs1, @Rm int rm) {
    return Float32.fromUint32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts a signed doubleword to a single.
  @Instruction("fcvt.s.l rd, rs1, rm : 1101000 00010 rs1 rm rd 1010011")
  @Alias("fcvt.s.l rd, rs1 = fcvt.s.l rd, rs1, 7")
  @S
  static float fcvtSL(Hart hart, @X long rs1, @Rm int rm) {
    return Float32.fromInt64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts an unsigned doubleword to a single.
  @Instruction("fcvt.s.lu rd, rs1, rm : 1101000 00011 rs1 rm rd 1010011")
  @Alias("fcvt.s.lu rd, rs1 = fcvt.s.lu rd, rs1, 7")
  @S
  static float fcvtSLU(Hart hart, @X long rs1, @Rm int rm) {
    return Float32.fromUint64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Moves the bits of a single.
  @Instruction("fmv.x.w rd, rs1 : 1110000 00000 rs1 000 rd 1010011")
  static int fmvXW(@F int rs1) {
    return rs1;
  }

  /// Moves bits to a single.
  @Instruction("fmv.w.x rd, rs1 : 1111000 00000 rs1 000 rd 1010011")
  @F
  static long fmvWX(@X int rs1) {
    return NanBox.box(rs1);
  }
}
