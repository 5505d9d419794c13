package hospes.engine;

import hospes.engine.translator.RegionContent;
import hospes.engine.translator.RegionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The regions of all guests in the process, by what they were made of: a guest that runs the same
/// code as another, or had the same code before, gets the regions that are there.
///
/// Holds so many regions and no more; those that were not asked for the longest make room. A guest
/// goes on with those that it uses. May be used by many threads.
public final class RegionLibrary {
  /// Regions that a library holds unless told otherwise.
  public static final int DEFAULT_MOST = 16_384;

  /// Regions of one key. Code that is patched again and again in one place makes many.
  private static final int MOST_ALIKE = 8;

  /// The part that makes room at once.
  private static final int PART = 8;

  /// What a library did so far.
  ///
  /// @param made regions that were translated
  /// @param shared times that a guest took a region which was there, or about to be
  /// @param evicted regions that made room for others
  /// @param failed translations that failed, or would not have been compiled
  /// @param held regions that it holds, failed ones included
  public record Statistics(long made, long shared, long evicted, long failed, int held) {}

  private final Map<RegionKey, List<SharedRegion>> regions = new ConcurrentHashMap<>();
  private final int most;
  private final AtomicLong time = new AtomicLong();
  private final LongAdder made = new LongAdder();
  private final LongAdder shared = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private long evicted;
  private volatile int held;
  private volatile @Nullable String lastFailure;

  /// An empty library of at most [#DEFAULT_MOST] regions.
  public RegionLibrary() {
    this(DEFAULT_MOST);
  }

  /// An empty library of at most `most` regions.
  ///
  /// @throws IllegalArgumentException if `most` is not positive
  public RegionLibrary(int most) {
    if (most <= 0) {
      throw new IllegalArgumentException(
          "a library must be able to hold a region, but is to hold " + most);
    }
    this.most = most;
  }

  /// The most regions that it holds.
  public int most() {
    return most;
  }

  /// What it did so far.
  public synchronized Statistics statistics() {
    return new Statistics(made.sum(), shared.sum(), evicted, failed.sum(), held);
  }

  /// Why the last translation that failed did so.
  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /// The regions of a key, the newest first.
  List<SharedRegion> alike(RegionKey key) {
    return regions.getOrDefault(key, List.of());
  }

  /// Notes that a guest takes a region for another one of its places.
  void share(SharedRegion region) {
    shared.increment();
    region.used(time.incrementAndGet());
  }

  /// The region of a content, if it is known.
  Optional<SharedRegion> find(RegionKey key, RegionContent content) {
    return alike(key).stream().filter(region -> region.content().equals(content)).findFirst();
  }

  /// The region of a content, a wanted one if it was not known.
  ///
  /// @param translation makes the region
  synchronized SharedRegion claim(
      RegionKey key, RegionContent content, int instructions, Supplier<Region> translation) {
    Optional<SharedRegion> known = find(key, content);
    if (known.isPresent()) {
      return known.get();
    }
    if (held >= most) {
      evict();
    }
    SharedRegion region = new SharedRegion(content, instructions, translation);
    region.used(time.incrementAndGet());
    region.whenFinished(() -> count(region));
    List<SharedRegion> before = alike(key);
    List<SharedRegion> all = new ArrayList<>(before.size() + 1);
    all.add(region);
    all.addAll(before);
    held++;
    if (all.size() > MOST_ALIKE) {
      all.remove(all.stream().min(Comparator.comparingLong(SharedRegion::lastUse)).orElseThrow());
      held--;
      evicted++;
    }
    regions.put(key, List.copyOf(all));
    return region;
  }

  private void count(SharedRegion region) {
    switch (region.result().orElseThrow()) {
      case SharedRegion.Result.Made _ -> made.increment();
      case SharedRegion.Result.Failed(String reason) -> {
        lastFailure = reason;
        failed.increment();
      }
    }
  }

  /// Forgets the regions that were not used for the longest time.
  private void evict() {
    List<SharedRegion> all = new ArrayList<>();
    regions.values().forEach(all::addAll);
    all.sort(Comparator.comparingLong(SharedRegion::lastUse));
    Set<SharedRegion> gone = new HashSet<>(all.subList(0, Math.max(1, most / PART)));
    regions.replaceAll(
        (key, alike) -> alike.stream().filter(region -> !gone.contains(region)).toList());
    regions.values().removeIf(List::isEmpty);
    held -= gone.size();
    evicted += gone.size();
  }
}
