package hospes.conformance.interleaving;

import java.time.Duration;
import java.util.Optional;

/// The seeds that a test plays, one after the other.
///
/// Properties: `hospes.interleaving.seed`, where one is to be played alone, and
/// `hospes.interleaving.minutes`, which a long test plays new ones for; 15 where that is not said,
/// so that the two long tests take half an hour.
final class Seeds {
  private static final Optional<Long> ALONE =
      Optional.ofNullable(System.getProperty("hospes.interleaving.seed")).map(Long::valueOf);

  private static final long MINUTES = Long.getLong("hospes.interleaving.minutes", 15);

  private final long first;
  private final long end;
  private final long deadline;
  private long next;

  private Seeds(long first, long end, long deadline) {
    this.first = first;
    this.end = end;
    this.deadline = deadline;
    next = first;
  }

  /// The same ones every time.
  static Seeds few(int count) {
    return ALONE.map(Seeds::alone).orElse(new Seeds(1, 1L + count, Long.MAX_VALUE));
  }

  /// New ones until the time is over.
  static Seeds forLong() {
    return ALONE
        .map(Seeds::alone)
        .orElseGet(
            () -> {
              long now = System.nanoTime();
              return new Seeds(
                  System.currentTimeMillis() * 1000,
                  Long.MAX_VALUE,
                  now + Duration.ofMinutes(MINUTES).toNanos());
            });
  }

  private static Seeds alone(long seed) {
    return new Seeds(seed, seed + 1, Long.MAX_VALUE);
  }

  boolean hasNext() {
    return next < end && (deadline == Long.MAX_VALUE || System.nanoTime() - deadline < 0);
  }

  long next() {
    return next++;
  }

  /// Whether none was chosen.
  boolean areAll() {
    return ALONE.isEmpty();
  }

  @Override
  public String toString() {
    return "seeds %d to %d".formatted(first, next - 1);
  }
}
