package hospes.engine;

import hospes.engine.InstalledRegions.Departure;
import hospes.engine.InstalledRegions.Improver;
import hospes.engine.SharedRegion.Result;
import hospes.engine.translator.Draft;
import hospes.engine.translator.EngineDebugging;
import hospes.engine.translator.Extent;
import hospes.engine.translator.Grade;
import hospes.engine.translator.OperationTable;
import hospes.engine.translator.Placement;
import hospes.engine.translator.RegionKey;
import hospes.engine.translator.Translation;
import hospes.engine.translator.Translator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// The regions of one guest on their way from being wanted to being executed: out of the library,
/// if it has them, and else through the translator into it.
final class Translations implements Improver {
  /// How often the target of a jump is reached before the library is first asked. Twice may be more
  /// than most code ever is.
  private static final int FIRST_LOOK = 2;

  /// Log2 of how much more often it is reached before the library is asked again: a region fits
  /// only when the guest executes from all of its pages.
  private static final int PATIENCE = 3;

  /// The library is not asked any more until the threshold is reached.
  private static final int ENOUGH = 15;

  private record Finished(
      Placement placement, SharedRegion region, Origin origin, Optional<Making> making) {}

  private record Site(CodePage page, int slot) {}

  /// Where a region came from.
  private enum Origin {
    /// This guest wanted it first.
    MADE,
    /// Another guest did, or this one long ago.
    SHARED
  }

  private final EngineSettings settings;
  private final RegionLibrary library;
  private final Introspection introspection;
  private final RegionLog log;
  private final Consumer<CodePage> unsharing;
  private final CodeText text;
  private final Translator translator;
  private final InstalledRegions installed;
  private final Set<Site> underway = new HashSet<>();
  private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
  private long made;
  private long shared;
  private long failed;
  private long rejected;
  private long outdated;
  private long untranslatable;
  private int dumped;

  /// @param text how regions are listed
  /// @param unsharing gives the guest a page of its own instead of one that it shares
  Translations(
      OperationTable table,
      CodeText text,
      EngineSettings settings,
      RegionLog log,
      Consumer<CodePage> unsharing) {
    this.unsharing = unsharing;
    this.introspection = settings.introspection();
    this.text = text;
    this.log = log;
    this.settings = settings;
    this.library = settings.library();
    this.translator = new Translator(table, settings.mode(), introspection.debugging());
    this.installed = new InstalledRegions(library.most(), settings.improvement(), log, this);
  }

  /// How often a jump must lead somewhere before [#reached] is to be called.
  int firstLook() {
    return Math.min(FIRST_LOOK, settings.threshold());
  }

  /// The code at an address, which lies in `page`, was reached as often as was asked for: first by
  /// [#firstLook], then through the count of the page.
  void reached(Core core, CodePage page, long address) {
    install();
    int slot = page.layout().slot(address);
    if (page.hasRegion(slot) || page.isDropped()) {
      return;
    }
    if (page.isShared()) {
      reachedShared(page, slot);
      return;
    }
    int looks = page.looks(slot);
    long times = looks >= ENOUGH ? Long.MAX_VALUE : (long) firstLook() << PATIENCE * looks;
    if (times < settings.threshold()) {
      look(core, page, slot, address, (int) times);
    } else {
      request(core, page, slot, address);
    }
  }

  /// What is shared with other guests gets no regions any more: where this guest is busy enough to
  /// want one, it has a page of its own from then on.
  private void reachedShared(CodePage page, int slot) {
    if (page.isWorthUnsharing()) {
      unshare(page);
    } else {
      page.heat[slot] = (short) Math.max(Short.MIN_VALUE, firstLook() - settings.threshold());
    }
  }

  /// Gives the guest a page of its own instead of one that it shares.
  void unshare(CodePage page) {
    unsharing.accept(page);
  }

  private static boolean isShared(Placement place) {
    return place.pages().stream().anyMatch(CodePage::isShared);
  }

  /// Asks the library for code that was reached so many times, and sees to its being asked again.
  private void look(Core core, CodePage page, int slot, long address, int times) {
    List<SharedRegion> alike = library.alike(translator.key(page, address));
    if (place(alike, core, page, address)) {
      return;
    }
    long next = (long) times << PATIENCE;
    if (alike.isEmpty() || next >= settings.threshold()) {
      page.looks(slot, ENOUGH);
      next = settings.threshold();
    } else {
      page.looks(slot, page.looks(slot) + 1);
    }
    page.heat[slot] = (short) Math.max(Short.MIN_VALUE, firstLook() - (next - times));
  }

  /// Has a region executed that is known already, if one fits.
  private boolean place(List<SharedRegion> alike, Core core, CodePage page, long address) {
    for (SharedRegion region : alike) {
      if (region.result().orElse(null) instanceof Result.Made) {
        Optional<Placement> place = translator.place(region.content(), core, page, address);
        if (place.isPresent() && !isShared(place.get())) {
          library.share(region);
          install(new Finished(place.get(), region, Origin.SHARED, Optional.empty()));
          return true;
        }
      }
    }
    return false;
  }

  /// The code is worth a region.
  private void request(Core core, CodePage page, int slot, long address) {
    if (!make(core, page, slot, address, Grade.QUICK)) {
      page.heat[slot] = (short) (firstLook() - settings.threshold());
    }
  }

  @Override
  public boolean improve(Core core, CodePage page, long address) {
    return make(core, page, page.layout().slot(address), address, Grade.THOROUGH);
  }

  @Override
  public void settle(Region region) {
    settings.translating().settle(region);
  }

  /// Sees to a region of some grade or better; false where that had better be asked for again.
  private boolean make(Core core, CodePage page, int slot, long address, Grade grade) {
    if (underway.contains(new Site(page, slot))) {
      return true;
    }
    RegionKey key = translator.key(page, address);
    List<SharedRegion> known =
        library.alike(key).stream()
            .filter(region -> region.content().grade().compareTo(grade) >= 0)
            .toList();
    if (place(known, core, page, address)) {
      return true;
    }
    if (settings.translating().isBusy()) {
      return false;
    }
    for (Extent extent : Extent.values()) {
      Optional<Draft> draft = translator.draft(core, page, address, extent, grade);
      if (draft.isEmpty()) {
        untranslatable++;
        return true;
      }
      if (isShared(draft.get().placement())) {
        draft.get().placement().pages().stream().filter(CodePage::isShared).forEach(this::unshare);
        page.heat[slot] = (short) (firstLook() - 1);
        return true;
      }
      Optional<SharedRegion> same = library.find(key, draft.get().content());
      if (same.isEmpty() || !(same.get().result().orElse(null) instanceof Result.Failed)) {
        translate(key, draft.get(), same.isEmpty() ? Origin.MADE : Origin.SHARED);
        return true;
      }
    }
    return true;
  }

  private void translate(RegionKey key, Draft draft, Origin origin) {
    Making making = new Making(translator, draft, settings);
    SharedRegion region = library.claim(key, draft.content(), draft.size(), making::region);
    try {
      settings.translating().execute(region::translate);
    } catch (RejectedExecutionException _) {
      rejected++;
      return;
    }
    if (origin == Origin.SHARED) {
      library.share(region);
    }
    Placement place = draft.placement();
    underway.add(new Site(place.home(), place.slot()));
    region.whenFinished(
        () -> finished.add(new Finished(place, region, origin, Optional.of(making))));
    install();
  }

  /// Has the regions that are finished executed from now on. Called on the guest's thread.
  void install() {
    for (Finished next = finished.poll(); next != null; next = finished.poll()) {
      underway.remove(new Site(next.placement().home(), next.placement().slot()));
      install(next);
    }
  }

  private void install(Finished next) {
    Placement place = next.placement();
    switch (next.region().result().orElseThrow()) {
      case Result.Failed _ -> {
        failed++;
        // The next time that it is reached, or executed so much, less is asked for.
        if (place.home().hasRegion(place.slot())) {
          place.home().retry(place.slot());
        } else {
          place.home().heat[place.slot()] = (short) (firstLook() - 1);
        }
      }
      case Result.Made(Region region) -> {
        switch (next.origin()) {
          case MADE -> made++;
          case SHARED -> shared++;
        }
        next.making().ifPresent(this::tell);
        if (!place.isWatched() || isShared(place) || !place.isTrue()) {
          outdated++;
          log.dropped(place.home().physicalAddress(place.slot()), EngineEvent.Reason.OUTDATED);
          return;
        }
        next.making().ifPresent(this::dump);
        Grade grade = next.region().content().grade();
        place.home().makeRoom(place.slot(), grade);
        if (!place.home().hasRegion(place.slot())) {
          installed.add(
              new RegionSite(region, grade, next.region().instructions(), place, installed));
        }
      }
    }
  }

  private void tell(Making making) {
    making
        .translation()
        .ifPresent(translation -> log.made(making.draft(), translation, making.nanoseconds()));
  }

  private void dump(Making making) {
    Optional<Translation> translation = making.translation();
    if (introspection.debugging() == EngineDebugging.DUMP && translation.isPresent()) {
      dumped++;
      Draft draft = making.draft();
      String name = "region-%06d-%x".formatted(dumped, draft.address());
      introspection.dump().write(name, translation.get().classFile(), draft.list(name, text));
    }
  }

  /// What became of regions so far.
  EngineStatistics.Regions statistics() {
    return new EngineStatistics.Regions(
        made,
        shared,
        installed.count(),
        outdated,
        installed.count(Departure.INVALIDATED),
        installed.count(Departure.REFUSING),
        installed.count(Departure.TRAPPING),
        installed.count(Departure.SURPLUS),
        installed.count(Departure.IMPROVED),
        untranslatable,
        failed,
        rejected);
  }
}
