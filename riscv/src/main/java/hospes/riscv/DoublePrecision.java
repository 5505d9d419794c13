package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.machine.Trap;
import hospes.riscv.fp.Float64;
import org.jspecify.annotations.Nullable;

/// Double-precision computation. RISC-V Unprivileged ISA 20240411, 22.4 to 22.7.
@Extension(value = "D", place = Place.CALLED, guard = "guard")
final class DoublePrecision {
  private DoublePrecision() {}

  static @Nullable Trap guard(Hart hart) {
    return hart.floats.guard();
  }

  /// Adds doubles.
  @Instruction("fadd.d rd, rs1, rs2, rm : 0000001 rs2 rs1 rm rd 1010011")
  @Alias("fadd.d rd, rs1, rs2 = fadd.d rd, rs1, rs2, 7")
  @D
  static double fadd(Hart hart, @D double rs1, @D double rs2, @Rm int rm) {
    return Float64.add(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Subtracts doubles.
  @Instruction("fsub.d rd, rs1, rs2, rm : 0000101 rs2 rs1 rm rd 1010011")
  @Alias("fsub.d rd, rs1, rs2 = fsub.d rd, rs1, rs2, 7")
  @D
  static double fsub(Hart hart, @D double rs1, @D double rs2, @Rm int rm) {
    return Float64.sub(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Multiplies doubles.
  @Instruction("fmul.d rd, rs1, rs2, rm : 0001001 rs2 rs1 rm rd 1010011")
  @Alias("fmul.d rd, rs1, rs2 = fmul.d rd, rs1, rs2, 7")
  @D
  static double fmul(Hart hart, @D double rs1, @D double rs2, @Rm int rm) {
    return Float64.mul(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// Divides doubles.
  @Instruction("fdiv.d rd, rs1, rs2, rm : 0001101 rs2 rs1 rm rd 1010011")
  @Alias("fdiv.d rd, rs1, rs2 = fdiv.d rd, rs1, rs2, 7")
  @D
  static double fdiv(Hart hart, @D double rs1, @D double rs2, @Rm int rm) {
    return Float64.div(rs1, rs2, hart.floats.rounding(rm), hart.floats.status);
  }

  /// The square root of a double.
  @Instruction("fsqrt.d rd, rs1, rm : 0101101 00000 rs1 rm rd 1010011")
  @Alias("fsqrt.d rd, rs1 = fsqrt.d rd, rs1, 7")
  @D
  static double fsqrt(Hart hart, @D double rs1, @Rm int rm) {
    return Float64.sqrt(rs1, hart.floats.rounding(rm), hart.floats.status);
  }

  /// rs1 × rs2 + rs3, rounded once.
  @Instruction("fmadd.d rd, rs1, rs2, rs3, rm : rs3 01 rs2 rs1 rm rd 1000011")
  @Alias("fmadd.d rd, rs1, rs2, rs3 = fmadd.d rd, rs1, rs2, rs3, 7")
  @D
  static double fmadd(Hart hart, @D double rs1, @D double rs2, @D double rs3, @Rm int rm) {
    return Float64.fma(rs1, rs2, rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// rs1 × rs2 - rs3, rounded once.
  @Instruction("fmsub.d rd, rs1, rs2, rs3, rm : rs3 01 rs2 rs1 rm rd 1000111")
  @Alias("fmsub.d rd, rs1, rs2, rs3 = fmsub.d rd, rs1, rs2, rs3, 7")
  @D
  static double fmsub(Hart hart, @D double rs1, @D double rs2, @D double rs3, @Rm int rm) {
    return Float64.fma(rs1, rs2, -rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// -(rs1 × rs2) + rs3, rounded once.
  @Instruction("fnmsub.d rd, rs1, rs2, rs3, rm : rs3 01 rs2 rs1 rm rd 1001011")
  @Alias("fnmsub.d rd, rs1, rs2, rs3 = fnmsub.d rd, rs1, rs2, rs3, 7")
  @D
  static double fnmsub(Hart hart, @D double rs1, @D double rs2, @D double rs3, @Rm int rm) {
    return Float64.fma(-rs1, rs2, rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// -(rs1 × rs2) - rs3, rounded once.
  @Instruction("fnmadd.d rd, rs1, rs2, rs3, rm : rs3 01 rs2 rs1 rm rd 1001111")
  @Alias("fnmadd.d rd, rs1, rs2, rs3 = fnmadd.d rd, rs1, rs2, rs3, 7")
  @D
  static double fnmadd(Hart hart, @D double rs1, @D double rs2, @D double rs3, @Rm int rm) {
    return Float64.fma(-rs1, rs2, -rs3, hart.floats.rounding(rm), hart.floats.status);
  }

  /// The lesser number; -0 is less than +0, and a NaN gives way to a number.
  @Instruction("fmin.d rd, rs1, rs2 : 0010101 rs2 rs1 000 rd 1010011")
  @D
  static double fmin(Hart hart, @D double rs1, @D double rs2) {
    return Float64.min(rs1, rs2, hart.floats.status);
  }

  /// The greater number; +0 is greater than -0, and a NaN gives way to a number.
  @Instruction("fmax.d rd, rs1, rs2 : 0010101 rs2 rs1 001 rd 1010011")
  @D
  static double fmax(Hart hart, @D double rs1, @D double rs2) {
    return Float64.max(rs1, rs2, hart.floats.status);
  }

  /// 1 if equal; 0 with a NaN, and only a signalling one raises the invalid flag.
  @Instruction("feq.d rd, rs1, rs2 : 1010001 rs2 rs1 010 rd 1010011")
  static int feq(Hart hart, @D double rs1, @D double rs2) {
    return hart.floats.compared(Float64.eq(rs1, rs2, hart.floats.status));
  }

  /// 1 if less; 0 with a NaN, which raises the invalid flag.
  @Instruction("flt.d rd, rs1, rs2 : 1010001 rs2 rs1 001 rd 1010011")
  static int flt(Hart hart, @D double rs1, @D double rs2) {
    return hart.floats.compared(Float64.lt(rs1, rs2, hart.floats.status));
  }

  /// 1 if less or equal; 0 with a NaN, which raises the invalid flag.
  @Instruction("fle.d rd, rs1, rs2 : 1010001 rs2 rs1 000 rd 1010011")
  static int fle(Hart hart, @D double rs1, @D double rs2) {
    return hart.floats.compared(Float64.le(rs1, rs2, hart.floats.status));
  }

  /// Which of ten classes a value belongs to, as a bit.
  @Instruction("fclass.d rd, rs1 : 1110001 00000 rs1 001 rd 1010011")
  static int fclass(@D double rs1) {
    return Float64.classify(rs1);
  }

  /// rs1 with the sign of rs2.
  @Instruction("fsgnj.d rd, rs1, rs2 : 0010001 rs2 rs1 000 rd 1010011")
  @Alias("fmv.d rd, rs1 = fsgnj.d rd, rs1, rs1")
  @D
  static double fsgnj(@D double rs1, @D double rs2) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(rs1) & ~Long.MIN_VALUE
            | Double.doubleToRawLongBits(rs2) & Long.MIN_VALUE);
  }

  /// rs1 with the opposite of the sign of rs2.
  @Instruction("fsgnjn.d rd, rs1, rs2 : 0010001 rs2 rs1 001 rd 1010011")
  @Alias("fneg.d rd, rs1 = fsgnjn.d rd, rs1, rs1")
  @D
  static double fsgnjn(@D double rs1, @D double rs2) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(rs1) & ~Long.MIN_VALUE
            | ~Double.doubleToRawLongBits(rs2) & Long.MIN_VALUE);
  }

  /// rs1 with its sign inverted where rs2 is negative.
  @Instruction("fsgnjx.d rd, rs1, rs2 : 0010001 rs2 rs1 010 rd 1010011")
  @Alias("fabs.d rd, rs1 = fsgnjx.d rd, rs1, rs1")
  @D
  static double fsgnjx(@D double rs1, @D double rs2) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(rs1) ^ Double.doubleToRawLongBits(rs2) & Long.MIN_VALUE);
  }
}
