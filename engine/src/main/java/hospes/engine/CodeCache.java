package hospes.engine;

import hospes.engine.translator.OperationTable;
import hospes.memory.CodeWatch;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The decoded code of a guest's memory, by physical page; kept true to memory by being told of
/// every write.
public final class CodeCache implements CodeWatch {
  /// How often a page may be written beside its decoded instructions before it is taken for data;
  /// each time that it turns out to hold code all the same, this doubles.
  private static final int PATIENCE = 64;

  private static final int MOST_DOUBLINGS = 20;

  private final EngineSettings settings;
  private final RegionLog log;
  private final Translations translations;
  private final Decoder decoder;
  private final OperationTable operations;
  private final CodeText text;
  private final FrameTable memory;
  private final CodePages pages;

  /// How often a page, by its index, was taken for data and turned out to hold code.
  private final Map<Integer, Integer> mistakes = new HashMap<>();

  private final List<Core> cores = new ArrayList<>();

  /// An empty cache, which from now on watches the writes to `memory`.
  ///
  /// @param operations what the translator knows of the architecture
  /// @param text how regions are listed where somebody wants to see them
  public CodeCache(
      Decoder decoder,
      OperationTable operations,
      CodeText text,
      FrameTable memory,
      EngineSettings settings) {
    this(decoder, operations, text, memory, settings, new CodePages(memory.pages()));
  }

  private CodeCache(
      Decoder decoder,
      OperationTable operations,
      CodeText text,
      FrameTable memory,
      EngineSettings settings,
      CodePages pages) {
    this.settings = settings;
    this.log = new RegionLog(settings.introspection().observer());
    this.operations = operations;
    this.text = text;
    this.translations = new Translations(operations, text, settings, log, this::unshare);
    this.decoder = decoder;
    this.memory = memory;
    this.pages = pages;
    memory.watchCode(this);
    if (settings.mode() == EngineMode.AUTO) {
      operations.interpreter().ifPresent(settings.translating()::beginInterpreting);
    }
  }

  /// A cache of what is decoded and translated here, for a guest whose memory was forked from the
  /// one of this cache just now. What it has in common with this one is kept once, as long as
  /// neither guest changes it.
  ///
  /// @param forked the other guest's memory
  public CodeCache fork(FrameTable forked, EngineSettings forkSettings) {
    boolean isAlike = forkSettings.mode() == settings.mode();
    if (isAlike) {
      pages.forEach(CodePage::share);
    }
    return new CodeCache(
        decoder,
        operations,
        text,
        forked,
        forkSettings,
        isAlike ? pages.fork() : new CodePages(forked.pages()));
  }

  /// Adds a core whose cached pages must be forgotten when a page is dropped.
  public void addCore(Core core) {
    cores.add(core);
    core.observe(settings.introspection().observer());
    if (settings.mode() != EngineMode.INTERPRETER) {
      core.translateWith(translations, translations.firstLook());
    }
  }

  /// The decoded code of the page at a physical address in RAM.
  public CodePage page(long physicalAddress) {
    int index = memory.pageIndex(physicalAddress);
    CodePage page = pages.get(index);
    if (page == null) {
      page =
          new CodePage(
              decoder,
              memory,
              physicalAddress & -(1L << CodePage.SHIFT),
              PATIENCE << mistakes.getOrDefault(index, 0));
      pages.set(index, page);
      if (!decoder.isConstant(page.physicalAddress())) {
        memory.markCode(physicalAddress);
      }
    } else if (!page.isOf(memory)) {
      page = page.view(memory);
      pages.set(index, page);
    }
    return page;
  }

  @Override
  public void written(long physicalAddress, int length) {
    int index = memory.pageIndex(physicalAddress);
    CodePage page = pages.get(index);
    if (page == null) {
      // A core may be in a page that it was told to leave.
      cores.forEach(Core::leave);
      return;
    }
    if (page.isShared()) {
      // Others have the same code, and go on with it.
      memory.unmarkCode(physicalAddress);
      unshare(index, page);
      cores.forEach(Core::leave);
      return;
    }
    switch (page.written((int) physicalAddress & (1 << CodePage.SHIFT) - 1, length)) {
      case NONE, CODE_CHANGED -> {}
      // The region that executes may be among those that are gone.
      case REGION_CHANGED -> cores.forEach(Core::leave);
      case NOT_WORTH_WATCHING -> {
        mistakes.merge(index, 1, (many, one) -> Math.min(many + one, MOST_DOUBLINGS));
        drop(index, page);
      }
    }
  }

  /// What the engine did for this guest so far.
  public EngineStatistics statistics() {
    long executed = 0;
    long inRegions = 0;
    EngineStatistics.Runs runs = EngineStatistics.Runs.NONE;
    for (Core core : cores) {
      executed += core.executedEver();
      inRegions += core.runs.instructions();
      runs = core.runs.plus(runs);
    }
    return new EngineStatistics(
        executed, inRegions, translations.statistics(), log.translation(), runs);
  }

  private void drop(int index, CodePage page) {
    page.drop();
    pages.set(index, null);
    memory.unmarkCode(page.physicalAddress());
    for (Core core : cores) {
      core.forget(page);
      // A core in the middle of this page must leave it: nobody watches it any more.
      core.leave();
    }
  }

  /// Has this guest use a page of its own from the next time on that it comes to one which it
  /// shares with others.
  private void unshare(CodePage page) {
    int index = memory.pageIndex(page.physicalAddress());
    if (pages.get(index) == page) {
      unshare(index, page);
    }
  }

  private void unshare(int index, CodePage page) {
    pages.set(index, null);
    if (page.isOf(memory)) {
      page.unshare();
      cores.forEach(core -> core.forget(page));
    }
  }

  /// Forgets everything, as when memory is replaced.
  public void clear() {
    pages.forEach(
        page -> {
          int index = memory.pageIndex(page.physicalAddress());
          if (page.isShared()) {
            memory.unmarkCode(page.physicalAddress());
            unshare(index, page);
          } else {
            drop(index, page);
          }
        });
    cores.forEach(Core::leave);
  }
}
