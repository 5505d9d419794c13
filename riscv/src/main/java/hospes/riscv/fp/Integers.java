package hospes.riscv.fp;

import static hospes.riscv.fp.FloatStatus.NV;
import static hospes.riscv.fp.FloatStatus.NX;
import static hospes.riscv.fp.Rounding.RTZ;

/// Conversions of floating-point numbers to integers, for both formats: every single-precision
/// number is a double-precision one too. Unprivileged ISA 20240411, section 20.7: what is out of
/// range after rounding saturates and raises invalid alone; a NaN counts as too large.
///
/// Rounding towards zero, which is what a cast compiles to, comes first and is small.
final class Integers {
  private Integers() {}

  static int toInt32(double a, int rm, FloatStatus status) {
    if (rm == RTZ && Math.abs(a) < 0x1p31) {
      int truncated = (int) a;
      if (truncated != a) {
        status.raise(NX);
      }
      return truncated;
    }
    return roundToInt32(a, rm, status);
  }

  private static int roundToInt32(double a, int rm, FloatStatus status) {
    double rounded = Rounding.toIntegral(a, rm);
    if (rounded >= Integer.MIN_VALUE && rounded <= Integer.MAX_VALUE) {
      raiseIfRounded(a, rounded, status);
      return (int) rounded;
    }
    status.raise(NV);
    return a < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  static int toUint32(double a, int rm, FloatStatus status) {
    if (rm == RTZ && a > -1 && a < 0x1p32) {
      long truncated = (long) a;
      if (truncated != a) {
        status.raise(NX);
      }
      return (int) truncated;
    }
    return roundToUint32(a, rm, status);
  }

  private static int roundToUint32(double a, int rm, FloatStatus status) {
    double rounded = Rounding.toIntegral(a, rm);
    if (rounded >= 0 && rounded < 0x1p32) {
      raiseIfRounded(a, rounded, status);
      return (int) (long) rounded;
    }
    status.raise(NV);
    return a < 0 ? 0 : -1;
  }

  static long toInt64(double a, int rm, FloatStatus status) {
    if (rm == RTZ && Math.abs(a) < 0x1p63) {
      long truncated = (long) a;
      if (truncated != a) {
        status.raise(NX);
      }
      return truncated;
    }
    return roundToInt64(a, rm, status);
  }

  private static long roundToInt64(double a, int rm, FloatStatus status) {
    double rounded = Rounding.toIntegral(a, rm);
    if (rounded >= -0x1p63 && rounded < 0x1p63) {
      raiseIfRounded(a, rounded, status);
      return (long) rounded;
    }
    status.raise(NV);
    return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  static long toUint64(double a, int rm, FloatStatus status) {
    if (rm == RTZ && a > -1 && a < 0x1p63) {
      long truncated = (long) a;
      if (truncated != a) {
        status.raise(NX);
      }
      return truncated;
    }
    return roundToUint64(a, rm, status);
  }

  private static long roundToUint64(double a, int rm, FloatStatus status) {
    double rounded = Rounding.toIntegral(a, rm);
    if (rounded >= 0 && rounded < 0x1p64) {
      raiseIfRounded(a, rounded, status);
      return rounded < 0x1p63 ? (long) rounded : (long) (rounded - 0x1p63) ^ Long.MIN_VALUE;
    }
    status.raise(NV);
    return a < 0 ? 0 : -1;
  }

  private static void raiseIfRounded(double a, double rounded, FloatStatus status) {
    if (a != rounded) {
      status.raise(NX);
    }
  }
}
