package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.machine.Trap;
import hospes.riscv.fp.Float32;
import org.jspecify.annotations.Nullable;

/// Single-precision computation. RISC-V Unprivileged ISA 20240411, 21.6 to 21.9.
@Extension(value = "F", place = Place.CALLED, guard = "guard")
final class SinglePrecision {
  private SinglePrecision() {}

  static @Nullable Trap guard(Hart hart) {
    return hart.floats.guard();
  }

  /// Adds singles.
  @Instruction("fadd.s rd, rs1, rs2, rm : 0000000 rs2 rs1 rm rd 1010011")
  @Alias("fadd.s rd, rs1, rs2 = fadd.s rd, rs1, rs2, 7")
  @S
  static float fadd(Hart hart, @S float rs1, @S float rs2, @Rm int rm) {
    return Float32.add(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Subtracts singles.
  @Instruction("fsub.s rd, rs1, rs2, rm : 0000100 rs2 rs1 rm rd 1010011")
  @Alias("fsub.s rd, rs1, rs2 = fsub.s rd, rs1, rs2, 7")
  @S
  static float fsub(Hart hart, @S float rs1, @S float rs2, @Rm int rm) {
    return Float32.sub(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Multiplies singles.
  @Instruction("fmul.s rd, rs1, rs2, rm : 0001000 rs2 rs1 rm rd 1010011")
  @Alias("fmul.s rd, rs1, rs2 = fmul.s rd, rs1, rs2, 7")
  @S
  static float fmul(Hart hart, @S float rs1, @S float rs2, @Rm int rm) {
    return Float32.mul(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Divides singles.
  @Instruction("fdiv.s rd, rs1, rs2, rm : 0001100 rs2 rs1 rm rd 1010011")
  @Alias("fdiv.s rd, rs1, rs2 = fdiv.s rd, rs1, rs2, 7")
  @S
  static float fdiv(Hart hart, @S float rs1, @S float rs2, @Rm int rm) {
    return Float32.div(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// The square root of a single.
  @Instruction("fsqrt.s rd, rs1, rm : 0101100 00000 rs1 rm rd 1010011")
  @Alias("fsqrt.s rd, rs1 = fsqrt.s rd, rs1, 7")
  @S
  static float fsqrt(Hart hart, @S float rs1, @Rm int rm) {
    return Float32.sqrt(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// rs1 × rs2 + rs3, rounded once.
  @Instruction("fmadd.s rd, rs1, rs2, rs3, rm : rs3 00 rs2 rs1 rm rd 1000011")
  @Alias("fmadd.s rd, rs1, rs2, rs3 = fmadd.s rd, rs1, rs2, rs3, 7")
  @S
  static float fmadd(Hart hart, @S float rs1, @S float rs2, @S float rs3, @Rm int rm) {
    return Float32.fma(rs1, rs2, rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// rs1 × rs2 - rs3, rounded once.
  @Instruction("fmsub.s rd, rs1, rs2, rs3, rm : rs3 00 rs2 rs1 rm rd 1000111")
  @Alias("fmsub.s rd, rs1, rs2, rs3 = fmsub.s rd, rs1, rs2, rs3, 7")
  @S
  static float fmsub(Hart hart, @S float rs1, @S float rs2, @S float rs3, @Rm int rm) {
    return Float32.fma(rs1, rs2, -rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// -(rs1 × rs2) + rs3, rounded once.
  @Instruction("fnmsub.s rd, rs1, rs2, rs3, rm : rs3 00 rs2 rs1 rm rd 1001011")
  @Alias("fnmsub.s rd, rs1, rs2, rs3 = fnmsub.s rd, rs1, rs2, rs3, 7")
  @S
  static float fnmsub(Hart hart, @S float rs1, @S float rs2, @S float rs3, @Rm int rm) {
    return Float32.fma(-rs1, rs2, rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// -(rs1 × rs2) - rs3, rounded once.
  @Instruction("fnmadd.s rd, rs1, rs2, rs3, rm : rs3 00 rs2 rs1 rm rd 1001111")
  @Alias("fnmadd.s rd, rs1, rs2, rs3 = fnmadd.s rd, rs1, rs2, rs3, 7")
  @S
  static float fnmadd(Hart hart, @S float rs1, @S float rs2, @S float rs3, @Rm int rm) {
    return Float32.fma(-rs1, rs2, -rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// The lesser number; -0 is less than +0, and a NaN gives way to a number.
  @Instruction("fmin.s rd, rs1, rs2 : 0010100 rs2 rs1 000 rd 1010011")
  @S
  static float fmin(Hart hart, @S float rs1, @S float rs2) {
    return Float32.min(rs1, rs2, hart.floats.status);
  }

  /// The greater number; +0 is greater than -0, and a NaN gives way to a number.
  @Instruction("fmax.s rd, rs1, rs2 : 0010100 rs2 rs1 001 rd 1010011")
  @S
  static float fmax(Hart hart, @S float rs1, @S float rs2) {
    return Float32.max(rs1, rs2, hart.floats.status);
  }

  /// 1 if equal; 0 with a NaN, and only a signalling one raises the invalid flag.
  @Instruction("feq.s rd, rs1, rs2 : 1010000 rs2 rs1 010 rd 1010011")
  static int feq(Hart hart, @S float rs1, @S float rs2) {
    return hart.floats.compared(Float32.eq(rs1, rs2, hart.floats.status));
  }

  /// 1 if less; 0 with a NaN, which raises the invalid flag.
  @Instruction("flt.s rd, rs1, rs2 : 1010000 rs2 rs1 001 rd 1010011")
  static int flt(Hart hart, @S float rs1, @S float rs2) {
    return hart.floats.compared(Float32.lt(rs1, rs2, hart.floats.status));
  }

  /// 1 if less or equal; 0 with a NaN, which raises the invalid flag.
  @Instruction("fle.s rd, rs1, rs2 : 1010000 rs2 rs1 000 rd 1010011")
  static int fle(Hart hart, @S float rs1, @S float rs2) {
    return hart.floats.compared(Float32.le(rs1, rs2, hart.floats.status));
  }

  /// Which of ten classes a value belongs to, as a bit.
  @Instruction("fclass.s rd, rs1 : 1110000 00000 rs1 001 rd 1010011")
  static int fclass(@S float rs1) {
    return Float32.classify(rs1);
  }

  /// rs1 with the sign of rs2.
  @Instruction("fsgnj.s rd, rs1, rs2 : 0010000 rs2 rs1 000 rd 1010011")
  @Alias("fmv.s rd, rs1 = fsgnj.s rd, rs1, rs1")
  @S
  static float fsgnj(@S float rs1, @S float rs2) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(rs1) & ~Integer.MIN_VALUE
            | Float.floatToRawIntBits(rs2) & Integer.MIN_VALUE);
  }

  /// rs1 with the opposite of the sign of rs2.
  @Instruction("fsgnjn.s rd, rs1, rs2 : 0010000 rs2 rs1 001 rd 1010011")
  @Alias("fneg.s rd, rs1 = fsgnjn.s rd, rs1, rs1")
  @S
  static float fsgnjn(@S float rs1, @S float rs2) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(rs1) & ~Integer.MIN_VALUE
            | ~Float.floatToRawIntBits(rs2) & Integer.MIN_VALUE);
  }

  /// rs1 with its sign inverted where rs2 is negative.
  @Instruction("fsgnjx.s rd, rs1, rs2 : 0010000 rs2 rs1 010 rd 1010011")
  @Alias("fabs.s rd, rs1 = fsgnjx.s rd, rs1, rs1")
  @S
  static float fsgnjx(@S float rs1, @S float rs2) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(rs1) ^ Float.floatToRawIntBits(rs2) & Integer.MIN_VALUE);
  }
}
