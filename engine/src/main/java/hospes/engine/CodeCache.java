package hospes.engine;

import hospes.engine.translator.OperationTable;
import hospes.memory.CodeWatch;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final FrameTable memory;
  private final @Nullable CodePage[] pages;
  private final byte[] mistakes;
  private final List<Core> cores = new ArrayList<>();

  /// An empty cache, which from now on watches the writes to `memory`.
  ///
  /// @param operations what the translator knows of the architecture
  /// @param instructions the table by which regions are listed where somebody wants to see them
  public CodeCache(
      Decoder decoder,
      OperationTable operations,
      Supplier<InstructionTable> instructions,
      FrameTable memory,
      EngineSettings settings) {
    this.settings = settings;
    this.log = new RegionLog(settings.introspection().observer());
    this.translations = new Translations(operations, instructions, settings, log);
    this.decoder = decoder;
    this.memory = memory;
    this.pages = new @Nullable CodePage[memory.pages()];
    this.mistakes = new byte[memory.pages()];
    memory.watchCode(this);
    if (settings.mode() == EngineMode.AUTO) {
      operations.interpreter().ifPresent(settings.translating()::beginInterpreting);
    }
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
    CodePage page = pages[index];
    if (page == null) {
      page =
          new CodePage(
              decoder,
              memory,
              physicalAddress & -(1L << CodePage.SHIFT),
              PATIENCE << mistakes[index]);
      pages[index] = page;
      memory.markCode(physicalAddress);
    }
    return page;
  }

  @Override
  public void written(long physicalAddress, int length) {
    int index = memory.pageIndex(physicalAddress);
    CodePage page = pages[index];
    if (page == null) {
      return;
    }
    switch (page.written((int) physicalAddress & (1 << CodePage.SHIFT) - 1, length)) {
      case NONE, CODE_CHANGED -> {}
      // The region that executes may be among those that are gone.
      case REGION_CHANGED -> cores.forEach(Core::leave);
      case NOT_WORTH_WATCHING -> {
        mistakes[index] = (byte) Math.min(mistakes[index] + 1, MOST_DOUBLINGS);
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
    pages[index] = null;
    memory.unmarkCode(page.physicalAddress());
    for (Core core : cores) {
      core.forget(page);
      // A core in the middle of this page must leave it: nobody watches it any more.
      core.leave();
    }
  }

  /// Forgets everything, as when memory is replaced.
  public void clear() {
    for (int index = 0; index < pages.length; index++) {
      CodePage page = pages[index];
      if (page != null) {
        drop(index, page);
      }
    }
  }
}
