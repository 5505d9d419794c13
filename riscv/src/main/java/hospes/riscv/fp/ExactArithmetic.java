package hospes.riscv.fp;

import static hospes.riscv.fp.FloatStatus.DZ;
import static hospes.riscv.fp.FloatStatus.NV;
import static hospes.riscv.fp.Rounding.shiftRightSticky;

/// The arithmetic of IEEE 754 on integer significands: every operand, every rounding mode, every
/// flag, in any format of at most 53 bits of precision. Operands and results are bit patterns of
/// `format`; see [BinaryFormat] for how significands are normalized.
final class ExactArithmetic {
  private ExactArithmetic() {}

  static long add(long a, long b, int rm, FloatStatus status, BinaryFormat format) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(a, b, status, format);
    }
    boolean subtracts = format.isNegative(a) != format.isNegative(b);
    if (format.isInfinite(a)) {
      return subtracts && format.isInfinite(b) ? invalid(status, format) : a;
    }
    if (format.isInfinite(b)) {
      return b;
    }
    if (format.isZero(a) && format.isZero(b)) {
      return subtracts ? cancelled(rm, format) : a;
    }
    if (format.isZero(b)) {
      return a;
    }
    if (format.isZero(a)) {
      return b;
    }
    boolean aIsLarger = format.magnitude(a) >= format.magnitude(b);
    long large = aIsLarger ? a : b;
    long small = aIsLarger ? b : a;
    int exponent = format.exponent(large);
    // Two bits of headroom take the carry; the low bits of both significands are zero, so
    // nothing is lost, and enough of them remain below the point for the sticky bit to round
    // correctly.
    long x = format.significand(large) >>> 2;
    long y = shiftRightSticky(format.significand(small) >>> 2, exponent - format.exponent(small));
    long sum = subtracts ? x - y : x + y;
    if (sum == 0) {
      return cancelled(rm, format);
    }
    int zeros = Long.numberOfLeadingZeros(sum);
    boolean negative = format.isNegative(large);
    return Rounding.pack(negative, exponent + 2 - zeros, sum << zeros, rm, status, format);
  }

  static long multiply(long a, long b, int rm, FloatStatus status, BinaryFormat format) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(a, b, status, format);
    }
    boolean negative = format.isNegative(a) != format.isNegative(b);
    if (isInfiniteTimesZero(a, b, format)) {
      return invalid(status, format);
    }
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return format.infinity(negative);
    }
    if (format.isZero(a) || format.isZero(b)) {
      return format.zero(negative);
    }
    long x = format.significand(a);
    long y = format.significand(b);
    int exponent = format.exponent(a) + format.exponent(b) + 1;
    return pack128(negative, exponent, Math.unsignedMultiplyHigh(x, y), x * y, rm, status, format);
  }

  static long divide(long a, long b, int rm, FloatStatus status, BinaryFormat format) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(a, b, status, format);
    }
    boolean negative = format.isNegative(a) != format.isNegative(b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) ? invalid(status, format) : format.infinity(negative);
    }
    if (format.isInfinite(b)) {
      return format.zero(negative);
    }
    if (format.isZero(b)) {
      if (format.isZero(a)) {
        return invalid(status, format);
      }
      status.raise(DZ);
      return format.infinity(negative);
    }
    if (format.isZero(a)) {
      return format.zero(negative);
    }
    // Long division, ten bits of quotient at a time: a remainder below 2^53 leaves ten to spare.
    long dividend = format.significand(a) >>> 11;
    long divisor = format.significand(b) >>> 11;
    long quotient = dividend / divisor;
    long remainder = dividend % divisor;
    for (int step = 0; step < 6; step++) {
      long shifted = remainder << 10;
      quotient = quotient << 10 | shifted / divisor;
      remainder = shifted % divisor;
    }
    // The quotient has its units at bit 60 and is in (1/2, 2).
    int zeros = Long.numberOfLeadingZeros(quotient);
    long digits = quotient << zeros | (remainder == 0 ? 0 : 1);
    int exponent = format.exponent(a) - format.exponent(b) + 3 - zeros;
    return Rounding.pack(negative, exponent, digits, rm, status, format);
  }

  static long squareRoot(long a, int rm, FloatStatus status, BinaryFormat format) {
    if (format.isNaN(a)) {
      return propagate(a, a, status, format);
    }
    if (format.isZero(a)) {
      return a; // of either sign: the square root of -0 is -0
    }
    if (format.isNegative(a)) {
      return invalid(status, format);
    }
    if (format.isInfinite(a)) {
      return a;
    }
    int exponent = format.exponent(a);
    // Digit by digit. Two bits before the point make the exponent even; each step takes the next
    // two bits of the radicand and gives one bit of the root, 61 in all.
    long radicand = (exponent & 1) == 0 ? format.significand(a) >>> 1 : format.significand(a);
    long root = 0;
    long remainder = 0;
    for (int step = 0; step < 61; step++) {
      remainder = remainder << 2 | radicand >>> 62;
      radicand <<= 2;
      long trial = root << 2 | 1;
      root <<= 1;
      if (remainder >= trial) {
        remainder -= trial;
        root |= 1;
      }
    }
    long digits = root << 3 | (remainder == 0 ? 0 : 1);
    return Rounding.pack(false, exponent >> 1, digits, rm, status, format);
  }

  /// `a * b + c` with one rounding.
  static long fusedMultiplyAdd(
      long a, long b, long c, int rm, FloatStatus status, BinaryFormat format) {
    boolean invalidProduct = isInfiniteTimesZero(a, b, format);
    if (format.isNaN(a) || format.isNaN(b) || format.isNaN(c)) {
      // Infinity times zero is invalid even when the addend is a quiet NaN (section 20.6).
      if (invalidProduct || format.isSignalingNaN(c)) {
        status.raise(NV);
      }
      return propagate(a, b, status, format);
    }
    if (invalidProduct) {
      return invalid(status, format);
    }
    boolean negative = format.isNegative(a) != format.isNegative(b);
    boolean subtracts = negative != format.isNegative(c);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return subtracts && format.isInfinite(c)
          ? invalid(status, format)
          : format.infinity(negative);
    }
    if (format.isInfinite(c)) {
      return c;
    }
    if (format.isZero(a) || format.isZero(b)) {
      return subtracts && format.isZero(c) ? cancelled(rm, format) : c;
    }
    if (format.isZero(c)) {
      return multiply(a, b, rm, status, format);
    }
    return addToProduct(a, b, c, rm, status, format);
  }

  /// The general case of [#fusedMultiplyAdd]: all three finite and not zero. Significands are 128
  /// bits wide, with two bits of headroom for carries.
  private static long addToProduct(
      long a, long b, long c, int rm, FloatStatus status, BinaryFormat format) {
    long x = format.significand(a);
    long y = format.significand(b);
    long productHigh = Math.unsignedMultiplyHigh(x, y);
    long productLow = x * y;
    int productExponent = format.exponent(a) + format.exponent(b) + 1;
    if (productHigh >= 0) {
      productHigh = productHigh << 1 | productLow >>> 63;
      productLow <<= 1;
      productExponent--;
    }
    // At most 106 bits of the product are in use, so its low bits are zero and none is lost
    // here.
    productLow = productHigh << 62 | productLow >>> 2;
    productHigh >>>= 2;
    long addendHigh = format.significand(c) >>> 2;
    int addendExponent = format.exponent(c);

    boolean productIsLarger =
        productExponent > addendExponent
            || (productExponent == addendExponent && productHigh >= addendHigh);
    long largeHigh = productIsLarger ? productHigh : addendHigh;
    long largeLow = productIsLarger ? productLow : 0;
    long smallHigh = productIsLarger ? addendHigh : productHigh;
    long smallLow = productIsLarger ? 0 : productLow;
    int exponent = Math.max(productExponent, addendExponent);
    int distance = exponent - Math.min(productExponent, addendExponent);

    if (distance >= 64) {
      smallLow = shiftRightSticky(smallHigh | (smallLow == 0 ? 0 : 1), distance - 64);
      smallHigh = 0;
    } else if (distance > 0) {
      long fallsOut = smallLow << (64 - distance);
      smallLow = smallHigh << (64 - distance) | smallLow >>> distance | (fallsOut == 0 ? 0 : 1);
      smallHigh >>>= distance;
    }

    boolean productNegative = format.isNegative(a) != format.isNegative(b);
    boolean subtracts = productNegative != format.isNegative(c);
    boolean negative = productIsLarger ? productNegative : format.isNegative(c);
    long low = subtracts ? largeLow - smallLow : largeLow + smallLow;
    long high;
    if (subtracts) {
      high = largeHigh - smallHigh - (Long.compareUnsigned(largeLow, smallLow) < 0 ? 1 : 0);
    } else {
      high = largeHigh + smallHigh + (Long.compareUnsigned(low, largeLow) < 0 ? 1 : 0);
    }
    if ((high | low) == 0) {
      return cancelled(rm, format);
    }
    return pack128(negative, exponent + 2, high, low, rm, status, format);
  }

  /// Normalizes and rounds `±(high:low) / 2^127 * 2^exponent`, which is not zero.
  private static long pack128(
      boolean negative,
      int exponent,
      long high,
      long low,
      int rm,
      FloatStatus status,
      BinaryFormat format) {
    if (high == 0) {
      int zeros = Long.numberOfLeadingZeros(low);
      return Rounding.pack(negative, exponent - 64 - zeros, low << zeros, rm, status, format);
    }
    int zeros = Long.numberOfLeadingZeros(high);
    long digits = zeros == 0 ? high : high << zeros | low >>> (64 - zeros);
    long sticky = low << zeros == 0 ? 0 : 1;
    return Rounding.pack(negative, exponent - zeros, digits | sticky, rm, status, format);
  }

  /// The bit pattern in `to` of the number whose bit pattern in `from` is given.
  static long convert(long bits, BinaryFormat from, int rm, FloatStatus status, BinaryFormat to) {
    if (from.isNaN(bits)) {
      if (from.isSignalingNaN(bits)) {
        status.raise(NV);
      }
      return to.canonicalNaN();
    }
    boolean negative = from.isNegative(bits);
    if (from.isInfinite(bits)) {
      return to.infinity(negative);
    }
    if (from.isZero(bits)) {
      return to.zero(negative);
    }
    return Rounding.pack(negative, from.exponent(bits), from.significand(bits), rm, status, to);
  }

  /// The number `magnitude`, read as unsigned, with a sign.
  static long fromInteger(
      boolean negative, long magnitude, int rm, FloatStatus status, BinaryFormat format) {
    if (magnitude == 0) {
      return 0;
    }
    int zeros = Long.numberOfLeadingZeros(magnitude);
    return Rounding.pack(negative, 63 - zeros, magnitude << zeros, rm, status, format);
  }

  private static boolean isInfiniteTimesZero(long a, long b, BinaryFormat format) {
    return (format.isInfinite(a) && format.isZero(b)) || (format.isZero(a) && format.isInfinite(b));
  }

  /// RISC-V does not propagate NaN payloads: a NaN operand makes the canonical NaN, and only a
  /// signaling one is invalid.
  private static long propagate(long a, long b, FloatStatus status, BinaryFormat format) {
    if (format.isSignalingNaN(a) || format.isSignalingNaN(b)) {
      status.raise(NV);
    }
    return format.canonicalNaN();
  }

  private static long invalid(FloatStatus status, BinaryFormat format) {
    status.raise(NV);
    return format.canonicalNaN();
  }

  /// The sign of an exact zero sum of numbers with different signs: plus, except when rounding
  /// down.
  private static long cancelled(int rm, BinaryFormat format) {
    return format.zero(rm == Rounding.RDN);
  }
}
