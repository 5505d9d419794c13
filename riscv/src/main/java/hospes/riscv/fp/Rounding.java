package hospes.riscv.fp;

/// Rounding modes in their RISC-V encoding, and the one place where exact results are rounded.
/// Unprivileged ISA 20240411, section 20.2.
public final class Rounding {
  /// To nearest, ties to even.
  public static final int RNE = 0;

  /// Towards zero.
  public static final int RTZ = 1;

  /// Down, towards negative infinity.
  public static final int RDN = 2;

  /// Up, towards positive infinity.
  public static final int RUP = 3;

  /// To nearest, ties to the larger magnitude.
  public static final int RMM = 4;

  private Rounding() {}

  /// Rounds the number `±significand / 2^63 * 2^exponent` to `format` and raises inexact, underflow
  /// and overflow as needed. The significand is normalized (bit 63 set) and its lowest bit is
  /// sticky: it stands for everything other than zero at and below it.
  static long pack(
      boolean negative,
      int exponent,
      long significand,
      int rm,
      FloatStatus status,
      BinaryFormat format) {
    if (exponent > format.maxExponent()) {
      return overflow(negative, rm, status, format);
    }
    int discarded = 64 - format.precision();
    int belowNormal = format.minExponent() - exponent;
    boolean tiny = false;
    long digits = significand;
    int leading = exponent;
    if (belowNormal > 0) {
      tiny = belowNormal > 1 || !carriesOut(negative, significand, discarded, rm);
      digits = shiftRightSticky(significand, belowNormal);
      leading = format.minExponent();
    }
    long rest = digits & (1L << discarded) - 1;
    long kept = digits >>> discarded;
    if (roundsAway(negative, kept, rest, discarded, rm)) {
      kept++;
    }
    // The hidden bit of a normal number adds one to the exponent field, and so does a carry out
    // of the fraction: both are what the encoding wants. A subnormal number has no hidden bit to
    // add.
    long magnitude =
        ((long) (leading + format.maxExponent() - 1) << (format.precision() - 1)) + kept;
    if (magnitude >= format.infinity()) {
      return overflow(negative, rm, status, format);
    }
    if (rest != 0) {
      status.raise(tiny ? FloatStatus.UF | FloatStatus.NX : FloatStatus.NX);
    }
    return magnitude | format.zero(negative);
  }

  /// Shifts right; what falls out leaves its trace in the lowest bit. The distance is not negative.
  static long shiftRightSticky(long value, int distance) {
    if (distance > 63) {
      return value == 0 ? 0 : 1;
    }
    long shifted = value >>> distance;
    return shifted << distance == value ? shifted : shifted | 1;
  }

  /// Rounds to an integer in the same format. Exact: the caller sees that the result was rounded
  /// from its being different from `value`. NaN and infinities stay.
  static double toIntegral(double value, int rm) {
    return switch (rm) {
      case RNE -> Math.rint(value);
      case RTZ -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case RDN -> Math.floor(value);
      case RUP -> Math.ceil(value);
      default -> toNearestTiesAway(value);
    };
  }

  private static double toNearestTiesAway(double value) {
    double truncated = toIntegral(value, RTZ);
    // The difference is exact: a fraction of value's own significand.
    return Math.abs(value - truncated) >= 0.5 ? truncated + Math.copySign(1.0, value) : truncated;
  }

  /// Tininess is detected after rounding (Unprivileged ISA, section 20.4): a number just below the
  /// smallest normal one is not tiny if rounding it to full precision, as though the exponent had
  /// no lower bound, would reach the smallest normal one.
  private static boolean carriesOut(boolean negative, long significand, int discarded, int rm) {
    long kept = significand >>> discarded;
    long rest = significand & (1L << discarded) - 1;
    return kept == -1L >>> discarded && roundsAway(negative, kept, rest, discarded, rm);
  }

  private static boolean roundsAway(boolean negative, long kept, long rest, int discarded, int rm) {
    long half = 1L << (discarded - 1);
    return switch (rm) {
      case RNE -> rest > half || (rest == half && (kept & 1) != 0);
      case RTZ -> false;
      case RDN -> negative && rest != 0;
      case RUP -> !negative && rest != 0;
      default -> rest >= half;
    };
  }

  private static long overflow(boolean negative, int rm, FloatStatus status, BinaryFormat format) {
    status.raise(FloatStatus.OF | FloatStatus.NX);
    boolean staysFinite = rm == RTZ || rm == (negative ? RUP : RDN);
    return staysFinite ? format.infinity() - 1 | format.zero(negative) : format.infinity(negative);
  }
}
