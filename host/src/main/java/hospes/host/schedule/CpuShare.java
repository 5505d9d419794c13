package hospes.host.schedule;

/// A guest's claim to the host's processors.
///
/// @param weight how much time it gets where guests compete, in proportion to the others' weights;
/// 1 to 10000
/// @param limit the most that it gets even where nobody competes, as a part of one processor; 1 for
/// no limit
public record CpuShare(int weight, double limit) {
  /// The weight of a guest that says nothing.
  public static final int DEFAULT_WEIGHT = 100;

  private static final int MAX_WEIGHT = 10_000;
  private static final double MIN_LIMIT = 0.01;

  /// An equal among equals, without a limit.
  public static final CpuShare DEFAULT = new CpuShare(DEFAULT_WEIGHT, 1);

  /// A claim.
  ///
  /// @throws IllegalArgumentException where a number is outside its range
  public CpuShare {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "a weight is 1 to %d (the default is %d), not %d"
              .formatted(MAX_WEIGHT, DEFAULT_WEIGHT, weight));
    }
    if (!(limit >= MIN_LIMIT && limit <= 1)) {
      throw new IllegalArgumentException(
          "a limit is 1%% to 100%% of one processor, not %s%%".formatted(limit * 100));
    }
  }

  /// The same claim with another weight.
  public CpuShare withWeight(int newWeight) {
    return new CpuShare(newWeight, limit);
  }

  /// The same claim with another limit.
  public CpuShare withLimit(double newLimit) {
    return new CpuShare(weight, newLimit);
  }
}
