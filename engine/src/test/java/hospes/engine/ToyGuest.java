package hospes.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.toy.ToyArchitecture;
import hospes.engine.translator.OperationTable;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;

/// A guest of the [ToyArchitecture], with one page of code.
final class ToyGuest implements AutoCloseable {
  private static final long BYTES = 1 << 20;

  private final FramePool pool = new FramePool();
  private final FrameTable memory = new FrameTable(pool, ToyArchitecture.RAM, BYTES);
  final ToyArchitecture.State core = new ToyArchitecture.State(memory);
  private final Translations translations;
  private final CodeCache code;

  ToyGuest(OperationTable table, EngineSettings settings) {
    code = new CodeCache(new ToyArchitecture.Words(), table, ToyGuest::unlisted, memory, settings);
    translations =
        new Translations(
            table, ToyGuest::unlisted, settings, new RegionLog(EngineObserver.NONE), page -> {});
    core.pc = ToyArchitecture.RAM;
  }

  private static CodeText.Line unlisted(CodePage page, int slot, long address) {
    throw new IllegalStateException("nobody wants to see regions of this guest");
  }

  /// Writes the same instruction so many times, and behind it one that means nothing.
  void put(int instruction, int times) {
    for (int i = 0; i < times; i++) {
      memory.write(ToyArchitecture.RAM + 2L * i, Short.BYTES, instruction);
    }
    memory.write(ToyArchitecture.RAM + 2L * times, Short.BYTES, 0);
  }

  CodePage page() {
    return code.page(ToyArchitecture.RAM);
  }

  /// A jump leads to the code for the first time.
  void reach() {
    translations.reached(core, page(), ToyArchitecture.RAM);
  }

  /// Executes the region at the beginning so many times; returns how many instructions it had the
  /// last time.
  int runRegions(int times) {
    int executed = 0;
    for (int i = 0; i < times; i++) {
      core.pc = ToyArchitecture.RAM;
      core.remaining = 1000;
      assertTrue(page().runRegions(core, 0));
      executed = 1000 - core.remaining;
    }
    return executed;
  }

  EngineStatistics.Regions statistics() {
    return translations.statistics();
  }

  @Override
  public void close() {
    core.close();
    pool.close();
  }
}
