package hospes.riscv.fp;

import static hospes.riscv.fp.FloatInstruction.Rounded.ROUNDED;
import static hospes.riscv.fp.FloatInstruction.Rounded.UNROUNDED;
import static hospes.riscv.fp.FloatInstruction.Source.DOUBLE;
import static hospes.riscv.fp.FloatInstruction.Source.INTEGER;
import static hospes.riscv.fp.FloatInstruction.Source.SINGLE;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

import java.util.Locale;

/// Each instruction of F and D that computes, in terms of this package, on bit patterns in `x`
/// registers: single-precision results and 32-bit integers are sign-extended.
enum FloatInstruction {
  fadd_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.add(real(a), real(b), rm, s))),
  fsub_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.sub(real(a), real(b), rm, s))),
  fmul_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.mul(real(a), real(b), rm, s))),
  fdiv_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.div(real(a), real(b), rm, s))),
  fsqrt_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.sqrt(real(a), rm, s))),
  fmadd_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float64.fma(real(a), real(b), real(c), rm, s))),
  fmsub_d(
      DOUBLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float64.fma(real(a), real(b), real(negated(c)), rm, s))),
  fnmadd_d(
      DOUBLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float64.fma(real(negated(a)), real(b), real(negated(c)), rm, s))),
  fnmsub_d(
      DOUBLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float64.fma(real(negated(a)), real(b), real(c), rm, s))),
  fmin_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.min(real(a), real(b), s))),
  fmax_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.max(real(a), real(b), s))),
  feq_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.eq(real(a), real(b), s))),
  flt_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.lt(real(a), real(b), s))),
  fle_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.le(real(a), real(b), s))),
  fclass_d(DOUBLE, UNROUNDED, (a, b, c, rm, s) -> Float64.classify(real(a))),
  fcvt_w_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> Float64.toInt32(real(a), rm, s)),
  fcvt_wu_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> Float64.toUint32(real(a), rm, s)),
  fcvt_l_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> Float64.toInt64(real(a), rm, s)),
  fcvt_lu_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> Float64.toUint64(real(a), rm, s)),
  fcvt_d_w(INTEGER, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.fromInt32((int) a))),
  fcvt_d_wu(INTEGER, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.fromUint32((int) a))),
  fcvt_d_l(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float64.fromInt64(a, rm, s))),
  fcvt_d_lu(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float64.fromUint64(a, rm, s))),
  fcvt_s_d(DOUBLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.fromFloat64(real(a), rm, s))),
  fcvt_d_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float64.fromFloat32(single(a), s))),
  fadd_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.add(single(a), single(b), rm, s))),
  fsub_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.sub(single(a), single(b), rm, s))),
  fmul_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.mul(single(a), single(b), rm, s))),
  fdiv_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.div(single(a), single(b), rm, s))),
  fsqrt_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> bits(Float32.sqrt(single(a), rm, s))),
  fmadd_s(
      SINGLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float32.fma(single(a), single(b), single(c), rm, s))),
  fmsub_s(
      SINGLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float32.fma(single(a), single(b), negatedSingle(c), rm, s))),
  fnmadd_s(
      SINGLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float32.fma(negatedSingle(a), single(b), negatedSingle(c), rm, s))),
  fnmsub_s(
      SINGLE,
      ROUNDED,
      (a, b, c, rm, s) -> bits(Float32.fma(negatedSingle(a), single(b), single(c), rm, s))),
  fmin_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float32.min(single(a), single(b), s))),
  fmax_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float32.max(single(a), single(b), s))),
  feq_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float32.eq(single(a), single(b), s))),
  flt_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float32.lt(single(a), single(b), s))),
  fle_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> bits(Float32.le(single(a), single(b), s))),
  fclass_s(SINGLE, UNROUNDED, (a, b, c, rm, s) -> Float32.classify(single(a))),
  fcvt_w_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> Float32.toInt32(single(a), rm, s)),
  fcvt_wu_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> Float32.toUint32(single(a), rm, s)),
  fcvt_l_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> Float32.toInt64(single(a), rm, s)),
  fcvt_lu_s(SINGLE, ROUNDED, (a, b, c, rm, s) -> Float32.toUint64(single(a), rm, s)),
  fcvt_s_w(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float32.fromInt32((int) a, rm, s))),
  fcvt_s_wu(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float32.fromUint32((int) a, rm, s))),
  fcvt_s_l(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float32.fromInt64(a, rm, s))),
  fcvt_s_lu(INTEGER, ROUNDED, (a, b, c, rm, s) -> bits(Float32.fromUint64(a, rm, s)));

  enum Source {
    DOUBLE,
    SINGLE,
    INTEGER
  }

  enum Rounded {
    ROUNDED,
    UNROUNDED
  }

  private interface Body {
    long execute(long a, long b, long c, int rm, FloatStatus status);
  }

  private final Source source;
  private final Rounded rounding;
  private final Body body;

  FloatInstruction(Source source, Rounded rounding, Body body) {
    this.source = source;
    this.rounding = rounding;
    this.body = body;
  }

  Source source() {
    return source;
  }

  Rounded rounding() {
    return rounding;
  }

  String assemblyName() {
    return name().replace('_', '.').toLowerCase(Locale.ROOT);
  }

  long execute(long a, long b, long c, int rm, FloatStatus status) {
    return body.execute(a, b, c, rm, status);
  }

  private static double real(long bits) {
    return longBitsToDouble(bits);
  }

  private static float single(long bits) {
    return intBitsToFloat((int) bits);
  }

  private static long negated(long bits) {
    return bits ^ Long.MIN_VALUE;
  }

  private static float negatedSingle(long bits) {
    return intBitsToFloat((int) bits ^ Integer.MIN_VALUE);
  }

  private static long bits(double value) {
    return doubleToRawLongBits(value);
  }

  private static long bits(float value) {
    return floatToRawIntBits(value);
  }

  private static long bits(boolean value) {
    return value ? 1 : 0;
  }
}
