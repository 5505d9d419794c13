package hospes.riscv.fp;

import static hospes.riscv.fp.BinaryFormat.BINARY32;
import static hospes.riscv.fp.BinaryFormat.BINARY64;
import static hospes.riscv.fp.FloatStatus.NV;
import static hospes.riscv.fp.FloatStatus.NX;
import static hospes.riscv.fp.Rounding.RNE;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

/// Single-precision arithmetic of the F extension. Unprivileged ISA 20240411, chapter 20.
///
/// Built like [Float64], which see. Where that needs error-free transformations to find out whether
/// a result was rounded, double precision mostly gives the exact result to compare with.
public final class Float32 {
  private static final float MAX = Float.MAX_VALUE;
  private static final float MIN_NORMAL = Float.MIN_NORMAL;

  private Float32() {}

  public static float add(float a, float b, int rm, FloatStatus status) {
    float sum = a + b;
    if (settlesSum(sum, rm, status)) {
      return sum;
    }
    return addChecked(a, b, rm, status);
  }

  public static float sub(float a, float b, int rm, FloatStatus status) {
    float difference = a - b;
    if (settlesSum(difference, rm, status)) {
      return difference;
    }
    return addChecked(a, -b, rm, status);
  }

  public static float mul(float a, float b, int rm, FloatStatus status) {
    float product = a * b;
    if (settles(product, rm, status)) {
      return product;
    }
    return mulChecked(a, b, rm, status);
  }

  public static float div(float a, float b, int rm, FloatStatus status) {
    float quotient = a / b;
    if (settles(quotient, rm, status)) {
      return quotient;
    }
    return divChecked(a, b, rm, status);
  }

  public static float sqrt(float a, int rm, FloatStatus status) {
    // The square root in double precision, rounded again, is the square root in single
    // precision.
    float root = (float) Math.sqrt(a);
    return nearestAndSticky(rm, status) && root >= 0 ? root : sqrtChecked(a, rm, status);
  }

  /// `a * b + c` with one rounding. The other three fused instructions negate operands: `fmsub` is
  /// `fma(a, b, -c)`, `fnmsub` is `fma(-a, b, c)`, `fnmadd` is `fma(-a, b, -c)`.
  public static float fma(float a, float b, float c, int rm, FloatStatus status) {
    float result = Math.fma(a, b, c);
    if (settles(result, rm, status)) {
      return result;
    }
    return fmaChecked(a, b, c, rm, status);
  }

  /// Whether the host's result is all there is to an operation.
  private static boolean settles(float result, int rm, FloatStatus status) {
    return nearestAndSticky(rm, status) && isPlain(result);
  }

  /// The same for sums, which are exact when they are subnormal: any finite one will do.
  private static boolean settlesSum(float sum, int rm, FloatStatus status) {
    return nearestAndSticky(rm, status) && Math.abs(sum) <= MAX;
  }

  /// Whether to round to nearest even while inexact is already raised.
  private static boolean nearestAndSticky(int rm, FloatStatus status) {
    return (status.flags & NX) > rm; // one comparison for both, as RNE is zero
  }

  /// Finite, and so large that it is not tiny: the smallest normal number itself may be the rounded
  /// image of a tiny one.
  private static boolean isPlain(float result) {
    return Math.abs(result) > MIN_NORMAL && Math.abs(result) <= MAX;
  }

  private static float addChecked(float a, float b, int rm, FloatStatus status) {
    float sum = a + b;
    if (rm == RNE && Math.abs(sum) <= MAX) {
      // See Float64: an exact sum, and only that, gives back both operands.
      if (sum - a != b || sum - b != a) {
        status.raise(NX);
      }
      return sum;
    }
    return single(ExactArithmetic.add(bits(a), bits(b), rm, status, BINARY32));
  }

  private static float mulChecked(float a, float b, int rm, FloatStatus status) {
    double exact = (double) a * b;
    float product = (float) exact;
    if (product == exact) {
      return product;
    }
    if (rm == RNE && isPlain(product)) {
      status.raise(NX);
      return product;
    }
    return single(ExactArithmetic.multiply(bits(a), bits(b), rm, status, BINARY32));
  }

  private static float divChecked(float a, float b, int rm, FloatStatus status) {
    float quotient = a / b;
    if (rm == RNE && isPlain(quotient)) {
      if ((double) quotient * b != a) {
        status.raise(NX);
      }
      return quotient;
    }
    if (a == 0 && quotient == 0) {
      return quotient;
    }
    return single(ExactArithmetic.divide(bits(a), bits(b), rm, status, BINARY32));
  }

  private static float sqrtChecked(float a, int rm, FloatStatus status) {
    float root = (float) Math.sqrt(a);
    if (rm == RNE && root >= 0) {
      if ((double) root * root != a) {
        status.raise(NX);
      }
      return root;
    }
    return single(ExactArithmetic.squareRoot(bits(a), rm, status, BINARY32));
  }

  private static float fmaChecked(float a, float b, float c, int rm, FloatStatus status) {
    if (rm == RNE) {
      double product = (double) a * b;
      double sum = product + c;
      boolean exactSum = sum - product == c && sum - c == product;
      float result = Math.fma(a, b, c);
      if (exactSum && result == sum && Math.abs(result) <= MAX) {
        return result;
      }
      // A sum that does not fit double precision does not fit single precision.
      if (isPlain(result)) {
        status.raise(NX);
        return result;
      }
    }
    return single(
        ExactArithmetic.fusedMultiplyAdd(bits(a), bits(b), bits(c), rm, status, BINARY32));
  }

  /// The smaller operand, with -0 below +0; of a number and a NaN, the number. Only signaling NaNs
  /// are invalid. Unprivileged ISA, section 20.6: `minimumNumber` of IEEE 754-2019.
  public static float min(float a, float b, FloatStatus status) {
    if (a < b) {
      return a;
    }
    return b < a ? b : minUnordered(a, b, status);
  }

  /// The larger operand; otherwise like [#min].
  public static float max(float a, float b, FloatStatus status) {
    if (a > b) {
      return a;
    }
    return b > a ? b : maxUnordered(a, b, status);
  }

  private static float minUnordered(float a, float b, FloatStatus status) {
    // Equal operands differ at most in the sign of zero: any sign bit wins.
    return a == b ? single(bits(a) | bits(b)) : number(a, b, status);
  }

  private static float maxUnordered(float a, float b, FloatStatus status) {
    return a == b ? single(bits(a) & bits(b)) : number(a, b, status);
  }

  /// The operand that is a number, when at least one is not.
  private static float number(float a, float b, FloatStatus status) {
    raiseIfSignaling(a, b, status);
    if (!Float.isNaN(a)) {
      return a;
    }
    return !Float.isNaN(b) ? b : single(BINARY32.canonicalNaN());
  }

  /// Quiet comparison: only signaling NaNs are invalid.
  public static boolean eq(float a, float b, FloatStatus status) {
    if (isUnordered(a, b)) {
      raiseIfSignaling(a, b, status);
    }
    return a == b;
  }

  /// Signaling comparison: any NaN is invalid.
  public static boolean lt(float a, float b, FloatStatus status) {
    if (isUnordered(a, b)) {
      status.raise(NV);
    }
    return a < b;
  }

  /// Signaling comparison: any NaN is invalid.
  public static boolean le(float a, float b, FloatStatus status) {
    if (isUnordered(a, b)) {
      status.raise(NV);
    }
    return a <= b;
  }

  private static boolean isUnordered(float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b);
  }

  private static void raiseIfSignaling(float a, float b, FloatStatus status) {
    if (BINARY32.isSignalingNaN(bits(a)) || BINARY32.isSignalingNaN(bits(b))) {
      status.raise(NV);
    }
  }

  /// The one-hot class mask of `fclass`. Unprivileged ISA, section 20.9.
  public static int classify(float a) {
    return Classes.classify(bits(a), BINARY32);
  }

  /// To a signed 32-bit integer, saturating; a NaN gives the largest. Unprivileged ISA, section
  /// 20.7: out of range raises invalid and not inexact.
  public static int toInt32(float a, int rm, FloatStatus status) {
    return Integers.toInt32(a, rm, status);
  }

  /// To an unsigned 32-bit integer, saturating; a NaN gives the largest.
  public static int toUint32(float a, int rm, FloatStatus status) {
    return Integers.toUint32(a, rm, status);
  }

  /// To a signed 64-bit integer, saturating; a NaN gives the largest.
  public static long toInt64(float a, int rm, FloatStatus status) {
    return Integers.toInt64(a, rm, status);
  }

  /// To an unsigned 64-bit integer, saturating; a NaN gives the largest.
  public static long toUint64(float a, int rm, FloatStatus status) {
    return Integers.toUint64(a, rm, status);
  }

  public static float fromInt32(int value, int rm, FloatStatus status) {
    return fromInt64(value, rm, status);
  }

  /// `value` is unsigned.
  public static float fromUint32(int value, int rm, FloatStatus status) {
    return fromInt64(Integer.toUnsignedLong(value), rm, status);
  }

  public static float fromInt64(long value, int rm, FloatStatus status) {
    return Math.abs(value) >>> 24 == 0 || nearestAndSticky(rm, status)
        ? value
        : single(ExactArithmetic.fromInteger(value < 0, Math.abs(value), rm, status, BINARY32));
  }

  /// `value` is unsigned.
  public static float fromUint64(long value, int rm, FloatStatus status) {
    return value >>> 24 == 0 || (value > 0 && nearestAndSticky(rm, status))
        ? value
        : single(ExactArithmetic.fromInteger(false, value, rm, status, BINARY32));
  }

  /// Rounds to single precision; a NaN loses its payload, and a signaling one is invalid.
  public static float fromFloat64(double a, int rm, FloatStatus status) {
    float narrowed = (float) a;
    return narrowed == a ? narrowed : narrow(a, rm, status);
  }

  private static float narrow(double a, int rm, FloatStatus status) {
    float narrowed = (float) a;
    if (rm == RNE && isPlain(narrowed)) {
      status.raise(NX);
      return narrowed;
    }
    return single(
        ExactArithmetic.convert(Double.doubleToRawLongBits(a), BINARY64, rm, status, BINARY32));
  }

  private static long bits(float a) {
    return Integer.toUnsignedLong(floatToRawIntBits(a));
  }

  private static float single(long bits) {
    return intBitsToFloat((int) bits);
  }
}
