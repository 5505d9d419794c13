package hospes.engine;

import hospes.engine.EngineEvent.Reason;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The regions that one guest executes, the oldest first.
final class InstalledRegions {
  /// Why a region is not executed any more.
  enum Departure {
    /// What it was made of changed.
    INVALIDATED,
    /// It could not be entered again and again.
    REFUSING,
    /// It trapped at its beginning again and again.
    TRAPPING,
    /// There were too many.
    SURPLUS,
    /// A better one took its place.
    IMPROVED
  }

  /// Sees to it that what is executed much is executed better.
  interface Improver {
    /// A [Grade#QUICK] region was executed a lot; false where a better one must be requested
    /// again.
    boolean improve(Core core, CodePage page, long address);

    /// A [Grade#THOROUGH] region was executed for some time.
    void settle(Region region);
  }

  private final int most;
  private final long improvement;
  private final Improver improver;
  private final RegionLog log;
  private final Set<RegionSite> sites = new LinkedHashSet<>();
  private final Map<Departure, Long> departed = new EnumMap<>(Departure.class);

  /// Room for `most` regions.
  ///
  /// @param improvement instructions executed in a region before a better one is asked for
  InstalledRegions(int most, long improvement, RegionLog log, Improver improver) {
    this.improvement = improvement;
    this.improver = improver;
    this.most = most;
    this.log = log;
  }

  /// Has a region executed from now on. Where there are too many, the older half makes room: which
  /// ones are in use is not known, but those come back from the library in no time.
  void add(RegionSite site) {
    if (sites.size() >= most) {
      Iterator<RegionSite> oldest = sites.iterator();
      RegionSite[] gone = new RegionSite[(most + 1) / 2];
      for (int i = 0; i < gone.length; i++) {
        gone[i] = oldest.next();
      }
      for (RegionSite old : gone) {
        old.remove(Departure.SURPLUS);
      }
    }
    sites.add(site);
    site.home().install(site);
    log.installed(site);
  }

  /// Notes that a region is not executed any more.
  void departed(RegionSite site, Departure why) {
    if (sites.remove(site)) {
      departed.merge(why, 1L, Long::sum);
      switch (why) {
        case INVALIDATED -> {} // told by the page, which knows what was written
        case REFUSING -> log.dropped(site.physicalAddress(), Reason.REFUSING);
        case TRAPPING -> log.dropped(site.physicalAddress(), Reason.TRAPPING);
        case IMPROVED -> log.dropped(site.physicalAddress(), Reason.IMPROVED);
        case SURPLUS -> log.dropped(site.physicalAddress(), Reason.SURPLUS);
      }
    }
  }

  long improvement() {
    return improvement;
  }

  Improver improver() {
    return improver;
  }

  RegionLog log() {
    return log;
  }

  int count() {
    return sites.size();
  }

  long count(Departure why) {
    return departed.getOrDefault(why, 0L);
  }
}
