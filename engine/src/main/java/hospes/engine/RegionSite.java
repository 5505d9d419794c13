package hospes.engine;

import hospes.engine.translator.Draft.Stretch;
import java.util.List;

/// A region at its place in a guest's memory.
final class RegionSite {
  private final Region region;
  private final CodePage home;
  private final int slot;
  private final List<Stretch> stretches;
  private final CodePage[] others;
  private final long[] distances;

  /// `region` with its entry at `slot` of `home`; `stretches` are all that it was made of.
  RegionSite(Region region, CodePage home, int slot, List<Stretch> stretches) {
    this.region = region;
    this.home = home;
    this.slot = slot;
    this.stretches = List.copyOf(stretches);
    List<Stretch> elsewhere =
        stretches.stream().filter(stretch -> stretch.distance() != 0).toList();
    this.others = elsewhere.stream().map(Stretch::page).toArray(CodePage[]::new);
    this.distances =
        elsewhere.stream()
            .mapToLong(stretch -> (long) stretch.distance() << CodePage.SHIFT)
            .toArray();
  }

  /// Runs the region from `core.pc`; false, with nothing done, where it cannot be run now.
  boolean run(Core core) {
    for (int i = 0; i < others.length; i++) {
      if (core.cachedPage(core.pc + distances[i]) != others[i]) {
        return false;
      }
    }
    return region.run(core);
  }

  CodePage home() {
    return home;
  }

  int slot() {
    return slot;
  }

  List<Stretch> stretches() {
    return stretches;
  }

  /// Whether the region was made of anything in these slots of a page.
  boolean isMadeOf(CodePage page, int first, int last) {
    for (Stretch stretch : stretches) {
      if (stretch.page() == page && stretch.from() <= last && first < stretch.to()) {
        return true;
      }
    }
    return false;
  }
}
