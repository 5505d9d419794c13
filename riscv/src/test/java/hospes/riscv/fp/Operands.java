package hospes.riscv.fp;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Operand triples that look for trouble: every pair of edge cases, every triple of the harshest of
/// them, and pseudo-random numbers of kinds that meet rounding, cancellation, overflow and tininess
/// far more often than evenly spread bits would.
final class Operands {
  private final BinaryFormat format;
  private final SplittableRandom random;
  private final LongStream.Builder triples = LongStream.builder();

  private Operands(BinaryFormat format, long seed) {
    this.format = format;
    this.random = new SplittableRandom(seed);
  }

  /// Bit patterns of floating-point numbers, three in a row for each triple.
  static long[] numbers(BinaryFormat format, long seed, int randomOfEachKind) {
    Operands operands = new Operands(format, seed);
    operands.edgeCases();
    for (int i = 0; i < randomOfEachKind; i++) {
      operands.randomOfEachKind();
    }
    return operands.triples.build().toArray();
  }

  /// Integers; only the first of each triple is meant to be used.
  static long[] integers(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    LongStream.Builder values = LongStream.builder();
    for (int bit = 0; bit < 64; bit++) {
      for (int offset = -2; offset <= 2; offset++) {
        values.add((1L << bit) + offset).add(-(1L << bit) + offset);
        // Halfway between two numbers, and next to it, in both formats.
        for (int precision : new int[] {24, 53}) {
          long half = bit < precision ? 0 : 1L << (bit - precision);
          values.add((1L << bit) + half + offset).add((1L << bit) + 3 * half + offset);
          values.add(-(1L << bit) - half + offset).add(-(1L << bit) - 3 * half + offset);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      values.add(random.nextLong() >> random.nextInt(64));
      values.add(random.nextLong() << random.nextInt(64));
    }
    return values.build().flatMap(value -> LongStream.of(value, 0, 0)).toArray();
  }

  private void edgeCases() {
    long[] edges = edges();
    for (long a : edges) {
      for (long b : edges) {
        add(a, b, edges[random.nextInt(edges.length)]);
      }
    }
    long one = encode(0, 0);
    long[] harsh =
        withBothSigns(
            LongStream.of(
                0,
                1,
                normal() - 1,
                normal(),
                normal() + 1,
                one - 1,
                one,
                one + 1,
                encode(-format.precision(), 0),
                format.infinity() - 1,
                format.infinity(),
                format.infinity() + 1,
                format.canonicalNaN()));
    for (long a : harsh) {
      for (long b : harsh) {
        for (long c : harsh) {
          add(a, b, c);
        }
      }
    }
  }

  private long[] edges() {
    long one = encode(0, 0);
    LongStream.Builder magnitudes = LongStream.builder();
    // Zero, subnormal numbers, and the border to normal ones.
    for (long offset = 0; offset < 4; offset++) {
      magnitudes.add(offset).add(normal() - offset).add(normal() + offset);
    }
    magnitudes.add(normal() / 2).add(2 * normal()).add(3 * normal());
    // The largest number, infinity, signaling and quiet NaNs.
    for (long offset = -2; offset < 3; offset++) {
      magnitudes.add(format.infinity() + offset).add(format.canonicalNaN() + offset);
    }
    magnitudes.add(format.signBit() - 1);
    // Numbers around one, and where integers end or lose their fractions.
    for (int exponent :
        new int[] {-2, -1, 0, 1, 2, 7, 23, 24, 30, 31, 32, 52, 53, 62, 63, 64, 65}) {
      for (long offset = -1; offset <= 1; offset++) {
        magnitudes.add(encode(exponent, 0) + offset);
      }
    }
    magnitudes.add(one + normal() / 2).add(one + normal() / 4);
    // Numbers whose square, or quotient, is at the border of the format.
    for (int exponent :
        new int[] {
          format.minExponent() / 2,
          (format.minExponent() - format.precision()) / 2,
          format.maxExponent() / 2,
          -format.precision(),
          format.precision() + 1
        }) {
      magnitudes.add(encode(exponent, 0)).add(encode(exponent, 0) - 1).add(encode(exponent, 1));
    }
    return withBothSigns(magnitudes.build());
  }

  private long[] withBothSigns(LongStream magnitudes) {
    long[] positive = magnitudes.distinct().toArray();
    return LongStream.concat(
            Arrays.stream(positive), Arrays.stream(positive).map(bits -> bits | format.signBit()))
        .toArray();
  }

  private void randomOfEachKind() {
    int precision = format.precision();
    add(anything(), anything(), anything());
    // Exponents close to each other: sums that align, carry and cancel.
    int exponent = random.nextInt(-60, 60);
    add(
        number(exponent),
        number(exponent + near(precision + 3)),
        number(2 * exponent + near(2 * precision + 3)));
    // Numbers that integers are near to.
    add(number(random.nextInt(-3, 67)), number(random.nextInt(-3, 67)), number(near(64)));
    // Products and quotients around the smallest normal and subnormal numbers.
    int low = format.minExponent() + random.nextInt(-precision - 3, 4);
    exponent = random.nextInt(low / 2, -low / 4);
    add(number(exponent), number(low - exponent), number(low + near(precision + 3)));
    add(number(low + exponent), number(exponent), number(low));
    // Products just below the smallest normal number: tininess before and after rounding differ.
    long belowTwo = encode(exponent + 1, 0) - 1 - random.nextInt(4);
    add(sign(belowTwo), sign(encode(format.minExponent() - 1 - exponent, random.nextInt(4))), 0);
    add(sign(normal() + random.nextInt(4)), sign(encode(0, 0) - 3 + random.nextInt(6)), 1);
    // Products and quotients around the largest number.
    int high = format.maxExponent() + near(3);
    exponent = random.nextInt(high / 4, high / 2);
    add(number(exponent), number(high - exponent), number(high - random.nextInt(60)));
    add(number(high - exponent), number(-exponent), number(high));
    // A fused sum that nearly cancels.
    long a = number(near(40));
    long b = number(near(40));
    FloatStatus ignored = new FloatStatus();
    long product = ExactArithmetic.multiply(a, b, random.nextInt(5), ignored, format);
    add(a, b, (product ^ format.signBit()) + near(2));
    // A divisor and its multiple: exact quotients and halfway cases; squares: exact roots.
    add(product, b, a);
    long root = sparse(near(format.maxExponent() / 2));
    add(ExactArithmetic.multiply(root, root, 0, ignored, format) + near(2), root, a);
  }

  private void add(long a, long b, long c) {
    triples.add(a).add(b).add(c);
  }

  private long anything() {
    return random.nextLong() & (format.signBit() | (format.signBit() - 1));
  }

  /// A number of either sign with an exponent (cut off at the ends of the format), its fraction
  /// either spread evenly or of few ones or zeros.
  private long number(int exponent) {
    return random.nextBoolean()
        ? encode(exponent, random.nextLong()) | anySign()
        : sparse(exponent);
  }

  private long sparse(int exponent) {
    int shift = random.nextInt(format.precision());
    long fraction = (random.nextInt(8) << shift) + near(2);
    return encode(exponent, random.nextBoolean() ? fraction : -fraction) | anySign();
  }

  /// The positive number with an exponent, or the nearest the format has, and a fraction.
  private long encode(int exponent, long fraction) {
    long field = Math.clamp(exponent + format.maxExponent(), 0, 2 * format.maxExponent());
    return field << (format.precision() - 1) | (fraction & (normal() - 1));
  }

  private long sign(long magnitude) {
    return magnitude | anySign();
  }

  private long anySign() {
    return format.zero(random.nextBoolean());
  }

  private long normal() {
    return 1L << (format.precision() - 1);
  }

  private int near(int distance) {
    return random.nextInt(-distance, distance + 1);
  }
}
