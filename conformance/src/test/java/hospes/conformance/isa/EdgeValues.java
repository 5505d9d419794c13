package hospes.conformance.isa;

import java.util.SplittableRandom;

/// Numbers that look for trouble: limits of integer widths, bit patterns of special floating-point
/// numbers, and evenly spread bits.
final class EdgeValues {
  private static final long[] INTEGERS = {
    0,
    1,
    2,
    3,
    7,
    31,
    32,
    63,
    64,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    0x5555_5555_5555_5555L,
    0x0123_4567_89ab_cdefL,
    0x00ff_0000_8000_7f01L
  };

  private static final int[] SINGLES = {
    0,
    1,
    0x007f_ffff,
    0x0080_0000,
    0x3f80_0000,
    0x3f7f_ffff,
    0x4b00_0000,
    0x4eff_ffff,
    0x4f00_0000,
    0x4f80_0000,
    0x5f00_0000,
    0x5f80_0000,
    0x7f7f_ffff,
    0x7f80_0000,
    0x7f80_0001,
    0x7fc0_0000,
    0x7fc1_2345,
    0x3f00_0000,
    0x3fc0_0000,
    0x4020_0000
  };

  private static final long[] DOUBLES = {
    0,
    1,
    0x000f_ffff_ffff_ffffL,
    0x0010_0000_0000_0000L,
    0x3ff0_0000_0000_0000L,
    0x3fef_ffff_ffff_ffffL,
    0x41df_ffff_ffc0_0000L,
    0x41e0_0000_0000_0000L,
    0x41ef_ffff_ffe0_0000L,
    0x41f0_0000_0000_0000L,
    0x43e0_0000_0000_0000L,
    0x43f0_0000_0000_0000L,
    0x7fef_ffff_ffff_ffffL,
    0x7ff0_0000_0000_0000L,
    0x7ff0_0000_0000_0001L,
    0x7ff8_0000_0000_0000L,
    0x7ffc_3210_0000_0000L,
    0x3fe0_0000_0000_0000L,
    0x3ff8_0000_0000_0000L,
    0x4004_0000_0000_0000L,
    0x47ef_ffff_f000_0000L,
    0x36a0_0000_0000_0000L,
    0x3810_0000_0000_0000L
  };

  private static final long UPPER = 0xffff_ffff_0000_0000L;

  private final SplittableRandom random;

  EdgeValues(SplittableRandom random) {
    this.random = random;
  }

  /// The content of an integer register.
  long integer() {
    long value = random.nextLong();
    return switch (random.nextInt(8)) {
      case 0, 1 -> signed(INTEGERS[random.nextInt(INTEGERS.length)]);
      case 2 -> signed(INTEGERS[random.nextInt(INTEGERS.length)]) + random.nextInt(-2, 3);
      case 3 -> value >> random.nextInt(64);
      case 4 -> 1L << random.nextInt(64);
      case 5 -> (int) value;
      case 6 -> floating();
      default -> value;
    };
  }

  /// The content of a floating-point register.
  long floating() {
    return random.nextBoolean() ? doubleBits() : singleBits();
  }

  private long doubleBits() {
    long sign = random.nextLong() & Long.MIN_VALUE;
    return switch (random.nextInt(4)) {
      case 0 -> sign | DOUBLES[random.nextInt(DOUBLES.length)];
      case 1 -> sign | (0x3ffL + random.nextInt(-70, 71)) << 52 | random.nextLong() >>> 12;
      case 2 -> Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 4.0);
      default -> random.nextLong();
    };
  }

  private long singleBits() {
    int sign = random.nextInt() & Integer.MIN_VALUE;
    int bits =
        switch (random.nextInt(4)) {
          case 0 -> sign | SINGLES[random.nextInt(SINGLES.length)];
          case 1 -> sign | 0x7f + random.nextInt(-40, 41) << 23 | random.nextInt() >>> 9;
          case 2 -> Float.floatToRawIntBits(random.nextInt(-1000, 1000) / 4f);
          default -> random.nextInt();
        };
    // Once in a while the single is not properly boxed.
    return random.nextInt(16) == 0 ? bits & ~UPPER : bits | UPPER;
  }

  private long signed(long value) {
    return random.nextBoolean() ? value : -value;
  }
}
