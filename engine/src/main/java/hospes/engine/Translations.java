package hospes.engine;

import hospes.engine.translator.Draft;
import hospes.engine.translator.EngineDebugging;
import hospes.engine.translator.OperationTable;
import hospes.engine.translator.Translator;
import hospes.machine.Trap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The regions of one guest on their way from being wanted to being executed.
final class Translations {
  private record Finished(Draft draft, Region region) {}

  private record Site(CodePage page, int slot) {}

  /// A core whose budget is spent, so that every region refuses to run.
  private static final Core NOBODY =
      new Core(1) {
        @Override
        protected Trap illegalInstruction() {
          throw new IllegalStateException("this core executes nothing");
        }
      };

  private final EngineSettings settings;
  private final Translator translator;
  private final Set<Site> underway = new HashSet<>();
  private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();

  Translations(OperationTable table, EngineSettings settings) {
    this.settings = settings;
    this.translator = new Translator(table, settings.mode(), EngineDebugging.NONE);
  }

  /// The code at an address, which lies in `page`, is worth translating.
  void request(Core core, CodePage page, long address) {
    install();
    int slot = (int) (address & (1 << CodePage.SHIFT) - 1) >> 1;
    Site site = new Site(page, slot);
    if (page.hasRegion(slot) || underway.contains(site)) {
      return;
    }
    Optional<Draft> draft = translator.draft(core, page, address);
    if (draft.isPresent()) {
      underway.add(site);
      Draft wanted = draft.get();
      settings.translating().execute(() -> translate(wanted));
      install();
    }
  }

  private void translate(Draft draft) {
    Region region = translator.translate(draft);
    settings.translating().prepare(() -> region.run(NOBODY));
    finished.add(new Finished(draft, region));
  }

  /// Has the regions that are finished executed from now on. Called on the guest's thread.
  void install() {
    for (Finished next = finished.poll(); next != null; next = finished.poll()) {
      Draft draft = next.draft();
      underway.remove(new Site(draft.home(), draft.slot()));
      if (draft.isTrue() && draft.pages().stream().noneMatch(CodePage::isDropped)) {
        draft
            .home()
            .install(new RegionSite(next.region(), draft.home(), draft.slot(), draft.stretches()));
      }
    }
  }
}
