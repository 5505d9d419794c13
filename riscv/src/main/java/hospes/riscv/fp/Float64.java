package hospes.riscv.fp;

import static hospes.riscv.fp.BinaryFormat.BINARY64;
import static hospes.riscv.fp.FloatStatus.NV;
import static hospes.riscv.fp.FloatStatus.NX;
import static hospes.riscv.fp.Rounding.RNE;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/// Double-precision arithmetic of the D extension. Unprivileged ISA 20240411, chapters 20 and 21.
///
/// `rm` is a rounding mode of [Rounding] (never DYN); raised exceptions are added to `status`. A
/// NaN result is always the canonical NaN.
///
/// Each operation has three steps of falling speed. The first serves what a program does nearly all
/// the time: rounding to nearest even while inexact is already raised, with a result so plain that
/// no other flag can be due; the host's answer is then the whole answer. The second, in a method of
/// its own so that the first stays small enough to be inlined everywhere, still takes the host's
/// answer and finds out with exact host arithmetic whether it was rounded. The third is
/// [ExactArithmetic].
public final class Float64 {
  private static final double MAX = Double.MAX_VALUE;
  private static final double MIN_NORMAL = Double.MIN_NORMAL;

  /// Products above this have a rounding error that is itself a number: it cannot underflow to
  /// zero, so it is zero only for an exact product.
  private static final double ERROR_FITS = 0x1p-960;

  private Float64() {}

  public static double add(double a, double b, int rm, FloatStatus status) {
    double sum = a + b;
    if (settlesSum(sum, rm, status)) {
      return sum;
    }
    return addChecked(a, b, rm, status);
  }

  public static double sub(double a, double b, int rm, FloatStatus status) {
    double difference = a - b;
    if (settlesSum(difference, rm, status)) {
      return difference;
    }
    return addChecked(a, -b, rm, status);
  }

  public static double mul(double a, double b, int rm, FloatStatus status) {
    double product = a * b;
    if (settles(product, rm, status)) {
      return product;
    }
    return mulChecked(a, b, rm, status);
  }

  public static double div(double a, double b, int rm, FloatStatus status) {
    double quotient = a / b;
    if (settles(quotient, rm, status)) {
      return quotient;
    }
    return divChecked(a, b, rm, status);
  }

  public static double sqrt(double a, int rm, FloatStatus status) {
    double root = Math.sqrt(a);
    // Neither overflow nor underflow is possible; NaN fails the comparison.
    return nearestAndSticky(rm, status) && root >= 0 ? root : sqrtChecked(a, rm, status);
  }

  /// `a * b + c` with one rounding. The other three fused instructions negate operands: `fmsub` is
  /// `fma(a, b, -c)`, `fnmsub` is `fma(-a, b, c)`, `fnmadd` is `fma(-a, b, -c)`.
  public static double fma(double a, double b, double c, int rm, FloatStatus status) {
    double result = Math.fma(a, b, c);
    if (settles(result, rm, status)) {
      return result;
    }
    return fmaChecked(a, b, c, rm, status);
  }

  /// Whether the host's result is all there is to an operation.
  private static boolean settles(double result, int rm, FloatStatus status) {
    return nearestAndSticky(rm, status) && isPlain(result);
  }

  /// The same for sums, which are exact when they are subnormal: any finite one will do.
  private static boolean settlesSum(double sum, int rm, FloatStatus status) {
    return nearestAndSticky(rm, status) && Math.abs(sum) <= MAX;
  }

  /// Whether to round to nearest even while inexact is already raised.
  private static boolean nearestAndSticky(int rm, FloatStatus status) {
    return (status.flags & NX) > rm; // one comparison for both, as RNE is zero
  }

  /// Finite, and so large that it is not tiny: the smallest normal number itself may be the rounded
  /// image of a tiny one.
  private static boolean isPlain(double result) {
    return Math.abs(result) > MIN_NORMAL && Math.abs(result) <= MAX;
  }

  private static double addChecked(double a, double b, int rm, FloatStatus status) {
    double sum = a + b;
    if (rm == RNE && Math.abs(sum) <= MAX) {
      // The difference from the operand of larger magnitude is exact: if it gives back the other
      // operand, the sum is exact. An exact sum gives back both, so there is no need to know
      // which.
      if (sum - a != b || sum - b != a) {
        status.raise(NX);
      }
      return sum;
    }
    return longBitsToDouble(
        ExactArithmetic.add(doubleToRawLongBits(a), doubleToRawLongBits(b), rm, status, BINARY64));
  }

  private static double mulChecked(double a, double b, int rm, FloatStatus status) {
    double product = a * b;
    if (rm == RNE) {
      double magnitude = Math.abs(product);
      if (magnitude > ERROR_FITS && magnitude <= MAX) {
        if (Math.fma(a, b, -product) != 0) {
          status.raise(NX);
        }
        return product;
      }
    }
    if ((a == 0 || b == 0) && product == 0) {
      return product;
    }
    return longBitsToDouble(
        ExactArithmetic.multiply(
            doubleToRawLongBits(a), doubleToRawLongBits(b), rm, status, BINARY64));
  }

  private static double divChecked(double a, double b, int rm, FloatStatus status) {
    double quotient = a / b;
    if (rm == RNE) {
      if (Math.abs(a) > ERROR_FITS && isPlain(quotient)) {
        if (Math.fma(-quotient, b, a) != 0) {
          status.raise(NX);
        }
        return quotient;
      }
    }
    if (a == 0 && quotient == 0) {
      return quotient;
    }
    return longBitsToDouble(
        ExactArithmetic.divide(
            doubleToRawLongBits(a), doubleToRawLongBits(b), rm, status, BINARY64));
  }

  private static double sqrtChecked(double a, int rm, FloatStatus status) {
    if (rm == RNE && a > ERROR_FITS && a <= MAX) {
      double root = Math.sqrt(a);
      if (Math.fma(-root, root, a) != 0) {
        status.raise(NX);
      }
      return root;
    }
    return longBitsToDouble(
        ExactArithmetic.squareRoot(doubleToRawLongBits(a), rm, status, BINARY64));
  }

  private static double fmaChecked(double a, double b, double c, int rm, FloatStatus status) {
    if (rm == RNE) {
      double product = a * b;
      double magnitude = Math.abs(product);
      boolean exactProduct =
          (magnitude > ERROR_FITS && magnitude <= MAX && Math.fma(a, b, -product) == 0)
              || ((a == 0 || b == 0) && magnitude == 0);
      // Then this is a plain sum.
      double sum = product + c;
      if (exactProduct && Math.abs(sum) <= MAX) {
        if (sum - product != c || sum - c != product) {
          status.raise(NX);
        }
        return sum;
      }
    }
    return longBitsToDouble(
        ExactArithmetic.fusedMultiplyAdd(
            doubleToRawLongBits(a),
            doubleToRawLongBits(b),
            doubleToRawLongBits(c),
            rm,
            status,
            BINARY64));
  }

  /// The smaller operand, with -0 below +0; of a number and a NaN, the number. Only signaling NaNs
  /// are invalid. Unprivileged ISA, section 20.6: `minimumNumber` of IEEE 754-2019.
  public static double min(double a, double b, FloatStatus status) {
    if (a < b) {
      return a;
    }
    return b < a ? b : minUnordered(a, b, status);
  }

  /// The larger operand; otherwise like [#min].
  public static double max(double a, double b, FloatStatus status) {
    if (a > b) {
      return a;
    }
    return b > a ? b : maxUnordered(a, b, status);
  }

  private static double minUnordered(double a, double b, FloatStatus status) {
    // Equal operands differ at most in the sign of zero: any sign bit wins.
    return a == b
        ? longBitsToDouble(doubleToRawLongBits(a) | doubleToRawLongBits(b))
        : number(a, b, status);
  }

  private static double maxUnordered(double a, double b, FloatStatus status) {
    return a == b
        ? longBitsToDouble(doubleToRawLongBits(a) & doubleToRawLongBits(b))
        : number(a, b, status);
  }

  /// The operand that is a number, when at least one is not.
  private static double number(double a, double b, FloatStatus status) {
    raiseIfSignaling(a, b, status);
    if (!Double.isNaN(a)) {
      return a;
    }
    return !Double.isNaN(b) ? b : longBitsToDouble(BINARY64.canonicalNaN());
  }

  /// Quiet comparison: only signaling NaNs are invalid.
  public static boolean eq(double a, double b, FloatStatus status) {
    if (isUnordered(a, b)) {
      raiseIfSignaling(a, b, status);
    }
    return a == b;
  }

  /// Signaling comparison: any NaN is invalid.
  public static boolean lt(double a, double b, FloatStatus status) {
    if (isUnordered(a, b)) {
      status.raise(NV);
    }
    return a < b;
  }

  /// Signaling comparison: any NaN is invalid.
  public static boolean le(double a, double b, FloatStatus status) {
    if (isUnordered(a, b)) {
      status.raise(NV);
    }
    return a <= b;
  }

  private static boolean isUnordered(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b);
  }

  private static void raiseIfSignaling(double a, double b, FloatStatus status) {
    if (BINARY64.isSignalingNaN(doubleToRawLongBits(a))
        || BINARY64.isSignalingNaN(doubleToRawLongBits(b))) {
      status.raise(NV);
    }
  }

  /// The one-hot class mask of `fclass`. Unprivileged ISA, section 20.9.
  public static int classify(double a) {
    return Classes.classify(doubleToRawLongBits(a), BINARY64);
  }

  /// To a signed 32-bit integer, saturating; a NaN gives the largest. Unprivileged ISA, section
  /// 20.7: out of range raises invalid and not inexact.
  public static int toInt32(double a, int rm, FloatStatus status) {
    return Integers.toInt32(a, rm, status);
  }

  /// To an unsigned 32-bit integer, saturating; a NaN gives the largest.
  public static int toUint32(double a, int rm, FloatStatus status) {
    return Integers.toUint32(a, rm, status);
  }

  /// To a signed 64-bit integer, saturating; a NaN gives the largest.
  public static long toInt64(double a, int rm, FloatStatus status) {
    return Integers.toInt64(a, rm, status);
  }

  /// To an unsigned 64-bit integer, saturating; a NaN gives the largest.
  public static long toUint64(double a, int rm, FloatStatus status) {
    return Integers.toUint64(a, rm, status);
  }

  /// Always exact.
  public static double fromInt32(int value) {
    return value;
  }

  /// Always exact; `value` is unsigned.
  public static double fromUint32(int value) {
    return Integer.toUnsignedLong(value);
  }

  public static double fromInt64(long value, int rm, FloatStatus status) {
    return Math.abs(value) >>> 53 == 0 || nearestAndSticky(rm, status)
        ? value
        : longBitsToDouble(
            ExactArithmetic.fromInteger(value < 0, Math.abs(value), rm, status, BINARY64));
  }

  /// `value` is unsigned.
  public static double fromUint64(long value, int rm, FloatStatus status) {
    return value >>> 53 == 0 || (value > 0 && nearestAndSticky(rm, status))
        ? value
        : longBitsToDouble(ExactArithmetic.fromInteger(false, value, rm, status, BINARY64));
  }

  /// Exact, except that a NaN loses its payload; a signaling one is invalid.
  public static double fromFloat32(float a, FloatStatus status) {
    return Float.isNaN(a) ? fromNaN(a, status) : a;
  }

  private static double fromNaN(float a, FloatStatus status) {
    return longBitsToDouble(
        ExactArithmetic.convert(
            Integer.toUnsignedLong(Float.floatToRawIntBits(a)),
            BinaryFormat.BINARY32,
            RNE,
            status,
            BINARY64));
  }
}
