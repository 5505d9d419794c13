package hospes.cli;

import hospes.engine.EngineStatistics;
import hospes.engine.RegionExit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of `--stats` about the engine: a line each, `name: value`.
final class EngineReport {
  private EngineReport() {}

  static List<String> lines(EngineStatistics statistics) {
    List<String> lines = new ArrayList<>();
    lines.add(share("interpreted", statistics.interpreted(), statistics.executed()));
    lines.add(share("in regions", statistics.inRegions(), statistics.executed()));
    EngineStatistics.Regions regions = statistics.regions();
    lines.add("regions made: " + regions.made());
    lines.add("regions shared: " + regions.shared());
    lines.add("regions in use: " + regions.installed());
    lines.add("regions outdated when finished: " + regions.outdated());
    lines.add("regions invalidated: " + regions.invalidated());
    lines.add("regions evicted: " + regions.surplus());
    lines.add("regions improved: " + regions.improved());
    lines.add("regions dropped, refusing: " + regions.refusing());
    lines.add("regions dropped, trapping: " + regions.trapping());
    lines.add(
        "regions not made: %d not translatable, %d failed, %d rejected"
            .formatted(regions.untranslatable(), regions.failed(), regions.rejected()));
    EngineStatistics.Translation translation = statistics.translation();
    lines.add(
        String.format(
            Locale.ROOT,
            "translating: %.3f s, %d guest instructions to %d bytes of bytecode",
            translation.nanoseconds() / 1e9,
            translation.instructions(),
            translation.bytes()));
    EngineStatistics.Runs runs = statistics.runs();
    lines.add("region runs: " + runs.regions());
    lines.add("region runs into the next region: " + runs.followed());
    for (RegionExit exit : RegionExit.values()) {
      lines.add("region runs ended, %s: %d".formatted(name(exit), runs.exits(exit)));
    }
    lines.add("regions refused at their entry: " + runs.refusals());
    return lines;
  }

  private static String share(String name, long part, long whole) {
    return String.format(
        Locale.ROOT, "%s: %d (%.1f%%)", name, part, whole == 0 ? 0.0 : 100.0 * part / whole);
  }

  private static String name(RegionExit exit) {
    return switch (exit) {
      case TRAP -> "trap";
      case ASKED -> "asked by a store or interrupt";
      case BUDGET -> "budget spent";
      case REFUSED -> "next region refused";
      case UNTRANSLATED -> "nothing translated there";
    };
  }
}
