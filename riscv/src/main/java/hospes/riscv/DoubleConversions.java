package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.machine.Trap;
import hospes.riscv.fp.Float32;
import hospes.riscv.fp.Float64;
import org.jspecify.annotations.Nullable;

/// Double-precision conversions and moves. RISC-V Unprivileged ISA 20240411, 22.5.
@Extension(value = "D", place = Place.CALLED, guard = "guard")
final class DoubleConversions {
  private DoubleConversions() {}

  static @Nullable Trap guard(Hart hart) {
    return hart.floats.guard();
  }

  /// Rounds a double to a signed word; out of range, the nearest one with the invalid flag.
  @Instruction("fcvt.w.d rd, rs1, rm : 1100001 00000 rs1 rm rd 1010011")
  @Alias("fcvt.w.d rd, rs1 = fcvt.w.d rd, rs1, 7")
  static int fcvtWD(Hart hart, @D double rs1, @Rm int rm) {
    return Float64.toInt32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a double to an unsigned word, sign-extended; out of range, the nearest one with the
  /// invalid flag.
  @Instruction("fcvt.wu.d rd, rs1, rm : 1100001 00001 rs1 rm rd 1010011")
  @Alias("fcvt.wu.d rd, rs1 = fcvt.wu.d rd, rs1, 7")
  static int fcvtWUD(Hart hart, @D double rs1, @Rm int rm) {
    return Float64.toUint32(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a double to a signed doubleword; out of range, the nearest one with the invalid flag.
  @Instruction("fcvt.l.d rd, rs1, rm : 1100001 00010 rs1 rm rd 1010011")
  @Alias("fcvt.l.d rd, rs1 = fcvt.l.d rd, rs1, 7")
  static long fcvtLD(Hart hart, @D double rs1, @Rm int rm) {
    return Float64.toInt64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a double to an unsigned doubleword; out of range, the nearest one with the invalid
  /// flag.
  @Instruction("fcvt.lu.d rd, rs1, rm : 1100001 00011 rs1 rm rd 1010011")
  @Alias("fcvt.lu.d rd, rs1 = fcvt.lu.d rd, rs1, 7")
  static long fcvtLUD(Hart hart, @D double rs1, @Rm int rm) {
    return Float64.toUint64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts a signed word to a double exactly.
  @Instruction("fcvt.d.w rd, rs1 : 1101001 00000 rs1 rm rd 1010011")
  @D
  static double fcvtDW(Hart hart, @X int rs1, @Rm int rm) {
    hart.floats.rounding(rm);
    return Float64.fromInt32(rs1);
  }

  /// Converts an unsigned word to a double exactly.
  @Instruction("fcvt.d.wu rd, rs1 : 1101001 00001 rs1 rm rd 1010011")
  @D
  static double fcvtDWU(Hart hart, @X int rs1, @Rm int rm) {
    hart.floats.rounding(rm);
    return Float64.fromUint32(rs1);
  }

  /// Converts a signed doubleword to a double.
  @Instruction("fcvt.d.l rd, rs1, rm : 1101001 00010 rs1 rm rd 1010011")
  @Alias("fcvt.d.l rd, rs1 = fcvt.d.l rd, rs1, 7")
  @D
  static double fcvtDL(Hart hart, @X long rs1, @Rm int rm) {
    return Float64.fromInt64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts an unsigned doubleword to a double.
  @Instruction("fcvt.d.lu rd, rs1, rm : 1101001 00011 rs1 rm rd 1010011")
  @Alias("fcvt.d.lu rd, rs1 = fcvt.d.lu rd, rs1, 7")
  @D
  static double fcvtDLU(Hart hart, @X long rs1, @Rm int rm) {
    return Float64.fromUint64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Rounds a double to a single.
  @Instruction("fcvt.s.d rd, rs1, rm : 0100000 00001 rs1 rm rd 1010011")
  @Alias("fcvt.s.d rd, rs1 = fcvt.s.d rd, rs1, 7")
  @S
  static float fcvtSD(Hart hart, @D double rs1, @Rm int rm) {
    return Float32.fromFloat64(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Converts a single to a double, exactly.
  @Instruction("fcvt.d.s rd, rs1 : 0100001 00000 rs1 rm rd 1010011")
  @D
  static double fcvtDS(Hart hart, @S float rs1, @Rm int rm) {
    hart.floats.rounding(rm);
    return Float64.fromFloat32(rs1, hart.floats.status);
  }

  /// Moves the bits of a double.
  @Instruction("fmv.x.d rd, rs1 : 1110001 00000 rs1 000 rd 1010011")
  static long fmvXD(@F long rs1) {
    return rs1;
  }

  /// Moves bits to a double.
  @Instruction("fmv.d.x rd, rs1 : 1111001 00000 rs1 000 rd 1010011")
  @F
  static long fmvDX(@X long rs1) {
    return rs1;
  }
}
