package hospes.riscv.fp;

/// A binary interchange format of IEEE 754, and how its bit patterns are read. Bit patterns are
/// held in a `long`, zero-extended.
///
/// A finite number other than zero is `significand / 2^63 * 2^exponent`, where the significand is
/// normalized, also for subnormal numbers: its bit 63 is set, and it is read as unsigned.
///
/// @param precision bits in the significand, the hidden one included
/// @param maxExponent exponent of the largest finite number; also the exponent's bias
record BinaryFormat(int precision, int maxExponent) {
  static final BinaryFormat BINARY32 = new BinaryFormat(24, 127);
  static final BinaryFormat BINARY64 = new BinaryFormat(53, 1023);

  /// Exponent of the smallest normal number.
  int minExponent() {
    return 1 - maxExponent;
  }

  /// Positive infinity: every exponent bit set and no fraction.
  long infinity() {
    return (2L * maxExponent + 1) << (precision - 1);
  }

  /// Infinity with a sign.
  long infinity(boolean negative) {
    return infinity() | zero(negative);
  }

  /// Zero with a sign.
  long zero(boolean negative) {
    return negative ? signBit() : 0;
  }

  /// The only NaN that RISC-V arithmetic produces: positive, quiet, no payload. Unprivileged ISA,
  /// section 20.3.
  long canonicalNaN() {
    return infinity() | 1L << (precision - 2);
  }

  long signBit() {
    return (2L * maxExponent + 2) << (precision - 1);
  }

  boolean isNegative(long bits) {
    return (bits & signBit()) != 0;
  }

  long magnitude(long bits) {
    return bits & ~signBit();
  }

  boolean isZero(long bits) {
    return magnitude(bits) == 0;
  }

  boolean isInfinite(long bits) {
    return magnitude(bits) == infinity();
  }

  boolean isNaN(long bits) {
    return magnitude(bits) > infinity();
  }

  /// A NaN whose topmost fraction bit is clear: any operation that computes with it is invalid.
  boolean isSignalingNaN(long bits) {
    return isNaN(bits) && (bits & 1L << (precision - 2)) == 0;
  }

  /// The normalized significand of a finite number; zero for a zero.
  long significand(long bits) {
    long fraction = bits & (1L << (precision - 1)) - 1;
    return isSubnormalOrZero(bits)
        ? fraction << Long.numberOfLeadingZeros(fraction)
        : Long.MIN_VALUE | fraction << (64 - precision);
  }

  /// The exponent that goes with [#significand]; meaningless for a zero.
  int exponent(long bits) {
    return isSubnormalOrZero(bits)
        ? minExponent() + 64 - precision - Long.numberOfLeadingZeros(magnitude(bits))
        : (int) (magnitude(bits) >>> (precision - 1)) - maxExponent;
  }

  private boolean isSubnormalOrZero(long bits) {
    return magnitude(bits) >>> (precision - 1) == 0;
  }
}
