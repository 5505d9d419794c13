package hospes.engine;

import hospes.engine.InstalledRegions.Departure;
import hospes.engine.translator.Grade;
import hospes.engine.translator.Placement;
import hospes.engine.translator.Stretch;
import java.util.List;
import java.util.SortedMap;

/// A region at its place in a guest's memory.
final class RegionSite {
  /// How often a region may not be enterable before it is given up. It is looked for anew then, and
  /// perhaps another one fits better.
  private static final int MOST_REFUSALS = 32;

  /// How often a region may trap at its beginning before it is given up.
  private static final int MOST_TRAPS = 256;

  /// Instructions that make entering a region worth it, even if it traps then.
  private static final int WORTH = 8;

  /// The part of what makes a better region worth it after which it is requested again.
  private static final int PART = 4;

  private final Region region;
  private final Grade grade;
  private final int instructions;
  private final CodePage home;
  private final int slot;
  private final List<Stretch> stretches;
  private final CodePage[] others;
  private final long[] distances;
  private final InstalledRegions guest;
  private int refusals;
  private int traps;
  private long nextRequest;

  /// `region`, of so many instructions, where it shall be executed.
  ///
  /// @param guest all regions of the guest
  RegionSite(
      Region region, Grade grade, int instructions, Placement placement, InstalledRegions guest) {
    this.region = region;
    this.grade = grade;
    this.instructions = instructions;
    this.home = placement.home();
    this.slot = placement.slot();
    this.stretches = placement.stretches();
    this.guest = guest;
    this.nextRequest = guest.improvement();
    SortedMap<Integer, CodePage> neighbours = placement.neighbours();
    this.others = neighbours.values().toArray(CodePage[]::new);
    this.distances =
        neighbours.keySet().stream()
            .mapToLong(distance -> (long) distance << CodePage.SHIFT)
            .toArray();
  }

  /// Runs the region from `core.pc`; false, with nothing done, where it cannot be run now.
  boolean run(Core core) {
    for (int i = 0; i < others.length; i++) {
      CodePage page = core.cachedPage(core.pc + distances[i]);
      if (page == null || !page.isSame(others[i])) {
        return false;
      }
    }
    long entry = core.pc;
    int before = core.unspent();
    boolean ran = region.run(core);
    if (region.count(before - core.unspent()) >= nextRequest) {
      request(core, entry);
    }
    return ran;
  }

  /// So much was executed here that it should be executed better.
  private void request(Core core, long entry) {
    if (home.isShared()) {
      // What other guests execute too is not changed; this one goes on with a page of its own.
      retry();
      CodePage page = core.cachedPage(entry);
      if (page != null && page.isShared()) {
        core.unshare(page);
      }
      return;
    }
    switch (grade) {
      case QUICK -> {
        nextRequest = Long.MAX_VALUE;
        if (!guest.improver().improve(core, home, entry)) {
          retry();
        }
      }
      case THOROUGH -> {
        // Again and again, for HotSpot may have taken the best code back.
        nextRequest = region.count(0) + guest.improvement();
        guest.improver().settle(region);
      }
    }
  }

  /// Has a better region requested again, after some time.
  void retry() {
    nextRequest = region.count(0) + guest.improvement() / PART;
  }

  /// How much was done for the region.
  Grade grade() {
    return grade;
  }

  /// Whether the core executes from other pages around this one than the region was made of.
  boolean standsElsewhere(Core core) {
    for (int i = 0; i < others.length; i++) {
      CodePage page = core.cachedPage(core.pc + distances[i]);
      if (page != null && !page.isSame(others[i])) {
        return true;
      }
    }
    return false;
  }

  /// Notes that the region could not be run, and not merely because the budget ends.
  void refused(Core core) {
    if (core.remaining >= instructions && ++refusals == MOST_REFUSALS) {
      remove(Departure.REFUSING);
    }
  }

  /// Notes that the region trapped, `executed` instructions after regions were entered.
  void trapped(int executed) {
    if (executed < WORTH && ++traps == MOST_TRAPS) {
      remove(Departure.TRAPPING);
    }
  }

  /// Has the interpreter execute what the region did.
  void remove(Departure why) {
    home.uninstall(this, why);
    for (Stretch stretch : stretches) {
      stretch.page().forget(this);
    }
    guest.departed(this, why);
  }

  /// Where it is written what becomes of the region.
  RegionLog log() {
    return guest.log();
  }

  /// The entry, in the guest's physical memory.
  long physicalAddress() {
    return home.physicalAddress(slot);
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
