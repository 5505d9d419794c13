package hospes.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What several runs say together; in the unit of the samples.
record Summary(double median, double min, double max, List<Double> samples) {
  /// @param samples at least one, in the order in which they were taken
  static Summary of(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Summary(median(sorted), sorted[0], sorted[sorted.length - 1], List.copyOf(samples));
  }

  static Summary of(List<Sample> samples, ToDoubleFunction<Sample> quantity) {
    return of(samples.stream().map(quantity::applyAsDouble).toList());
  }

  /// In words, of seconds.
  String text() {
    return String.format(Locale.ROOT, "median %.2f s, %.2f to %.2f s", median, min, max);
  }

  /// The geometric mean: the only mean that is fair to ratios.
  static double geometricMean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  private static double median(double[] sorted) {
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return Arrays.stream(middle).sum() / middle.length;
  }
}
