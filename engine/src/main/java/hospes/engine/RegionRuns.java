package hospes.engine;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts how one core runs regions. Counted once for each run of several regions, not in them.
final class RegionRuns {
  private final long[] exits = new long[RegionExit.values().length];
  private long instructions;
  private long regions;
  private long refusals;

  /// The interpreter reached a region's entry but could not enter it.
  void refused() {
    refusals++;
  }

  /// A run of regions ended.
  ///
  /// @param executed instructions executed in it
  /// @param entered how many regions it consisted of
  /// @param next the region that could not be entered, if that was the end
  void ended(Core core, int executed, int entered, @Nullable RegionSite next) {
    instructions += executed;
    regions += entered;
    exits[cause(core, next).ordinal()]++;
  }

  private static RegionExit cause(Core core, @Nullable RegionSite next) {
    if (core.trap != null) {
      return RegionExit.TRAP;
    }
    if (core.remaining <= 0) {
      return core.unspent() > 0 ? RegionExit.ASKED : RegionExit.BUDGET;
    }
    return next != null ? RegionExit.REFUSED : RegionExit.UNTRANSLATED;
  }

  /// Instructions executed in regions.
  long instructions() {
    return instructions;
  }

  /// Adds these counts to others.
  EngineStatistics.Runs plus(EngineStatistics.Runs other) {
    Map<RegionExit, Long> sum = new EnumMap<>(other.exits());
    for (RegionExit exit : RegionExit.values()) {
      sum.merge(exit, exits[exit.ordinal()], Long::sum);
    }
    return new EngineStatistics.Runs(other.regions() + regions, other.refusals() + refusals, sum);
  }
}
