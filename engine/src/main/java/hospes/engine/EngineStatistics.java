package hospes.engine;

import java.util.EnumMap;
import java.util.Map;

/// What the engine of one guest did since the guest was made. Not part of the guest's state: a
/// restored guest goes on counting.
///
/// @param executed instructions executed, those that trapped included
/// @param inRegions those of them that were executed in regions
/// @param regions what became of its regions
/// @param translation what translating cost
/// @param runs how regions were entered and left
public record EngineStatistics(
    long executed, long inRegions, Regions regions, Translation translation, Runs runs) {

  /// Instructions executed by the interpreter.
  public long interpreted() {
    return executed - inRegions;
  }

  /// What became of regions.
  ///
  /// @param made regions that were translated for it
  /// @param shared regions that it took from the library, or that another guest had translated
  /// @param installed regions that it executes now
  /// @param outdated regions whose code changed before they were finished
  /// @param invalidated regions that it wrote over, or whose page is not watched any more
  /// @param refusing regions that were dropped because they could not be entered again and again
  /// @param trapping regions that were dropped because they trapped at their beginning again and
  ///     again
  /// @param surplus regions that were dropped because there were too many
  /// @param improved regions that a better one took the place of
  /// @param untranslatable how often something hot turned out to hold nothing that can be
  /// translated
  /// @param failed regions that could not be translated
  /// @param rejected translations that nobody would make because the host is shutting down
  public record Regions(
      long made,
      long shared,
      int installed,
      long outdated,
      long invalidated,
      long refusing,
      long trapping,
      long surplus,
      long improved,
      long untranslatable,
      long failed,
      long rejected) {}

  /// What translating cost.
  ///
  /// @param nanoseconds host time; 0 where nobody measures it
  /// @param instructions guest instructions that were translated
  /// @param bytes bytecode that was made of them, in bytes
  public record Translation(long nanoseconds, long instructions, long bytes) {}

  /// How regions were entered and left.
  ///
  /// @param regions how often a region was executed
  /// @param refusals how often the interpreter reached a region that could not be entered
  /// @param exits why the interpreter took over again
  public record Runs(long regions, long refusals, Map<RegionExit, Long> exits) {
    static final Runs NONE = new Runs(0, 0, none());

    /// Counts that do not change any more.
    public Runs {
      exits = Map.copyOf(exits);
    }

    private static Map<RegionExit, Long> none() {
      Map<RegionExit, Long> none = new EnumMap<>(RegionExit.class);
      for (RegionExit exit : RegionExit.values()) {
        none.put(exit, 0L);
      }
      return none;
    }

    /// How often the interpreter took over for a reason.
    public long exits(RegionExit exit) {
      return exits.getOrDefault(exit, 0L);
    }

    /// How often a region led straight to the next one.
    public long followed() {
      return regions - exits.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
