package hospes.riscv.fp;

/// What kind of number a bit pattern is. Unprivileged ISA 20240411, section 20.9.
final class Classes {
  private static final int POSITIVE_INFINITY = 7;
  private static final int SIGNALING_NAN = 8;
  private static final int QUIET_NAN = 9;

  private Classes() {}

  /// A mask with one bit of ten set. Bits 0 to 7 go from negative to positive infinity in numerical
  /// order.
  static int classify(long bits, BinaryFormat format) {
    if (format.isNaN(bits)) {
      return 1 << (format.isSignalingNaN(bits) ? SIGNALING_NAN : QUIET_NAN);
    }
    int positive = positiveClass(format.magnitude(bits), format);
    return 1 << (format.isNegative(bits) ? POSITIVE_INFINITY - positive : positive);
  }

  private static int positiveClass(long magnitude, BinaryFormat format) {
    if (magnitude == 0) {
      return 4;
    }
    if (magnitude == format.infinity()) {
      return POSITIVE_INFINITY;
    }
    return magnitude >>> (format.precision() - 1) == 0 ? 5 : 6;
  }
}
