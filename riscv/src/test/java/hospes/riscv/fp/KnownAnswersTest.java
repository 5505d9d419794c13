package hospes.riscv.fp;

import static hospes.riscv.fp.FloatStatus.DZ;
import static hospes.riscv.fp.FloatStatus.NV;
import static hospes.riscv.fp.FloatStatus.NX;
import static hospes.riscv.fp.FloatStatus.OF;
import static hospes.riscv.fp.FloatStatus.UF;
import static hospes.riscv.fp.Rounding.RDN;
import static hospes.riscv.fp.Rounding.RMM;
import static hospes.riscv.fp.Rounding.RNE;
import static hospes.riscv.fp.Rounding.RTZ;
import static hospes.riscv.fp.Rounding.RUP;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/// The rules that implementations get wrong, each with the sentence of the manual (RISC-V
/// Unprivileged ISA 20240411) or of IEEE 754 that decides it.
class KnownAnswersTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double MIN_NORMAL = Double.MIN_NORMAL;
  private static final double QUIET = longBitsToDouble(0xfff8_0000_0000_1234L);
  private static final double SIGNALING = longBitsToDouble(0x7ff0_0000_0000_0001L);
  private static final float SIGNALING_SINGLE = intBitsToFloat(0xff80_0001);

  private final FloatStatus status = new FloatStatus();

  @Test
  void nanResultsAreCanonicalWhateverTheOperandsPayload() {
    // 20.3: the result of an operation that is NaN is the canonical NaN; payloads do not propagate.
    expect(0x7ff8_0000_0000_0000L, 0, Float64.add(QUIET, 1, RNE, status));
    expect(0x7ff8_0000_0000_0000L, 0, Float64.mul(QUIET, QUIET, RNE, status));
    expect(0x7ff8_0000_0000_0000L, NV, Float64.sqrt(SIGNALING, RNE, status));
    expect(0x7fc0_0000, NV, Float32.div(1, SIGNALING_SINGLE, RNE, status));
    expect(0x7fc0_0000, 0, Float32.fromFloat64(QUIET, RNE, status));
    expect(0x7ff8_0000_0000_0000L, NV, Float64.fromFloat32(SIGNALING_SINGLE, status));
  }

  @Test
  void infinityTimesZeroIsInvalidEvenWhenTheAddendIsAQuietNan() {
    // 20.6: fused multiply-adds must raise invalid for infinity times zero even then.
    expect(0x7ff8_0000_0000_0000L, NV, Float64.fma(INFINITY, 0, QUIET, RNE, status));
    expect(0x7fc0_0000, NV, Float32.fma(-0f, Float.POSITIVE_INFINITY, Float.NaN, RNE, status));
    expect(0x7ff8_0000_0000_0000L, 0, Float64.fma(INFINITY, 1, QUIET, RNE, status));
  }

  @Test
  void tininessIsDetectedAfterRounding() {
    // 20.4. Just below the smallest normal number, by less than a quarter of its unit in the last
    // place: with 53 bits this rounds up to it, so it is not tiny, only inexact.
    double barelyBelowTwo = Math.nextDown(2.0);
    expect(MIN_NORMAL, NX, Float64.mul(Math.nextUp(1.0), Math.nextDown(MIN_NORMAL), RNE, status));
    // By half a unit: 53 bits hold it, so it is tiny, though 52 do not, and it rounds to the same.
    expect(MIN_NORMAL, UF | NX, Float64.mul(barelyBelowTwo, MIN_NORMAL / 2, RNE, status));
    // The rounding mode takes part: rounded up, the first is not tiny; down, it is.
    expect(
        Math.nextDown(MIN_NORMAL),
        UF | NX,
        Float64.mul(Math.nextUp(1.0), Math.nextDown(MIN_NORMAL), RDN, status));
    expect(Float.MIN_NORMAL, UF | NX, Float32.fromFloat64(0x1.fffffep-127, RNE, status));
    expect(Float.MIN_NORMAL, NX, Float32.fromFloat64(0x1.ffffffp-127, RNE, status));
  }

  @Test
  void exactSubnormalResultsDoNotUnderflow() {
    // IEEE 754, 7.5: with default handling, underflow is raised only if the result is also inexact.
    expect(MIN_NORMAL / 2, 0, Float64.mul(MIN_NORMAL, 0.5, RNE, status));
    expect(Double.MIN_VALUE, 0, Float64.sub(Math.nextUp(MIN_NORMAL), MIN_NORMAL, RUP, status));
    expect(0.0, UF | NX, Float64.mul(Double.MIN_VALUE, 0.5, RNE, status));
    expect(Double.MIN_VALUE, UF | NX, Float64.mul(Double.MIN_VALUE, 0.5, RMM, status));
  }

  @Test
  void stickyInexactDoesNotHideUnderflow() {
    status.flags = NX;
    Float64.mul(Math.nextDown(2.0), MIN_NORMAL / 2, RNE, status);
    assertEquals(UF | NX, status.flags);
  }

  @Test
  void overflowGoesToInfinityOrToTheLargestNumberByRoundingMode() {
    // IEEE 754, 7.4.
    expect(INFINITY, OF | NX, Float64.add(Double.MAX_VALUE, Double.MAX_VALUE, RNE, status));
    expect(Double.MAX_VALUE, OF | NX, Float64.mul(Double.MAX_VALUE, 2, RTZ, status));
    expect(-Double.MAX_VALUE, OF | NX, Float64.mul(Double.MAX_VALUE, -2, RUP, status));
    expect(-INFINITY, OF | NX, Float64.mul(Double.MAX_VALUE, -2, RDN, status));
    expect(INFINITY, OF | NX, Float64.mul(Double.MAX_VALUE, 2, RMM, status));
    // Not an overflow: it rounds back to the largest number.
    expect(Double.MAX_VALUE, NX, Float64.add(Double.MAX_VALUE, 1, RNE, status));
  }

  @Test
  void divisionByZeroIsNotInvalidUnlessTheDividendIsZero() {
    // IEEE 754, 7.3 and 7.2.
    expect(-INFINITY, DZ, Float64.div(1, -0.0, RNE, status));
    expect(0x7ff8_0000_0000_0000L, NV, Float64.div(0, 0, RNE, status));
    expect(INFINITY, 0, Float64.div(INFINITY, 0, RNE, status));
    expect(-0f, 0, Float32.div(-0f, Float.POSITIVE_INFINITY, RNE, status));
  }

  @Test
  void anExactZeroSumIsNegativeOnlyWhenRoundingDown() {
    // IEEE 754, 6.3.
    expect(0.0, 0, Float64.sub(1, 1, RNE, status));
    expect(-0.0, 0, Float64.sub(1, 1, RDN, status));
    expect(-0.0, 0, Float64.add(-0.0, -0.0, RUP, status));
    expect(-0.0, 0, Float64.fma(1, -1, 1, RDN, status));
    expect(-0.0, 0, Float64.sqrt(-0.0, RUP, status));
  }

  @Test
  void aFusedSumKeepsTheLastBitOfTheProduct() {
    // (2^26 + 1) (2^52 - 2^26 + 1) = 2^78 + 1, where 2^78 is half a unit of 2^131: the one decides.
    double a = 0x1p26 + 1;
    double b = 0x1p52 - 0x1p26 + 1;
    expect(Math.nextUp(0x1p131), NX, Float64.fma(a, b, 0x1p131, RNE, status));
    expect(0x1p131, NX, Float64.fma(a, b, 0x1p131, RTZ, status));
    expect(0x1p131 - 0x1p78, NX, Float64.fma(-a, b, 0x1p131, RUP, status));
    expect(-Math.nextUp(0x1p131), NX, Float64.fma(-a, b, -0x1p131, RMM, status));
  }

  @Test
  void minimumAndMaximumPreferNumbersAndOrderZeros() {
    // 20.6: minimumNumber and maximumNumber of IEEE 754-2019, -0 below +0.
    expect(-0.0, 0, Float64.min(0.0, -0.0, status));
    expect(0.0, 0, Float64.max(-0.0, 0.0, status));
    expect(1.0, 0, Float64.min(QUIET, 1, status));
    // Not 754-2008's: a signaling NaN is invalid but the number is still the result.
    expect(1.0, NV, Float64.max(1, SIGNALING, status));
    expect(0x7ff8_0000_0000_0000L, 0, Float64.max(QUIET, QUIET, status));
  }

  @Test
  void equalityIsQuietAndOrderSignals() {
    // 20.8.
    assertFalse(Float64.eq(QUIET, QUIET, status));
    assertEquals(0, status.flags);
    assertFalse(Float64.eq(SIGNALING, 1, status));
    assertEquals(NV, status.flags);
    status.flags = 0;
    assertFalse(Float32.le(Float.NaN, 1, status));
    assertEquals(NV, status.flags);
  }

  @Test
  void integerConversionsSaturateAndRaiseInvalidAlone() {
    // 20.7.
    expectInteger(Integer.MAX_VALUE, NV, Float64.toInt32(QUIET, RTZ, status));
    expectInteger(-1, NV, Float64.toUint32(-SIGNALING, RTZ, status));
    expectInteger(Long.MAX_VALUE, NV, Float64.toInt64(0x1p63, RTZ, status));
    expectInteger(Long.MIN_VALUE, 0, Float64.toInt64(-0x1p63, RTZ, status));
    expectInteger(Long.MIN_VALUE, NV, Float32.toInt64(Float.NEGATIVE_INFINITY, RTZ, status));
    expectInteger(-1, NV, Float64.toUint64(0x1p64, RTZ, status));
    // Whether an operand is in range is decided after rounding.
    expectInteger(0, NX, Float64.toUint32(-0.75, RTZ, status));
    expectInteger(0, NV, Float64.toUint32(-0.75, RNE, status));
    expectInteger(Integer.MAX_VALUE, NX, Float64.toInt32(2147483647.5, RDN, status));
    expectInteger(Integer.MAX_VALUE, NV, Float64.toInt32(2147483647.5, RNE, status));
    expectInteger(Integer.MIN_VALUE, NX, Float64.toInt32(-2147483648.5, RTZ, status));
  }

  @Test
  void halfwayCasesGoWhereTheRoundingModeSays() {
    // 20.2.
    expectInteger(2, NX, Float64.toInt64(2.5, RNE, status));
    expectInteger(3, NX, Float64.toInt64(2.5, RMM, status));
    expectInteger(-3, NX, Float64.toInt64(-2.5, RMM, status));
    expectInteger(0, NX, Float64.toInt64(Math.nextDown(0.5), RMM, status));
    expect(0x1p53, NX, Float64.fromInt64((1L << 53) + 1, RNE, status));
    expect(0x1p53 + 2, NX, Float64.fromInt64((1L << 53) + 1, RMM, status));
    expect(-0x1p53, NX, Float64.fromInt64(-(1L << 53) - 1, RUP, status));
    expect(0x1p64, NX, Float64.fromUint64(-1, RUP, status));
  }

  private void expect(double result, int flags, double actual) {
    expect(doubleToRawLongBits(result), flags, actual);
  }

  private void expect(float result, int flags, float actual) {
    expect(floatToRawIntBits(result), flags, actual);
  }

  private void expect(long bits, int flags, double actual) {
    expectInteger(bits, flags, doubleToRawLongBits(actual));
  }

  private void expect(int bits, int flags, float actual) {
    expectInteger(bits, flags, floatToRawIntBits(actual));
  }

  private void expectInteger(long value, int flags, long actual) {
    assertEquals(Long.toHexString(value), Long.toHexString(actual));
    assertEquals(flags, status.flags);
    status.flags = 0;
  }
}
