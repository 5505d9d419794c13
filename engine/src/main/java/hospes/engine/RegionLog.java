package hospes.engine;

import hospes.engine.EngineEvent.Reason;
import hospes.engine.translator.Draft;
import hospes.engine.translator.Placement;
import hospes.engine.translator.Translation;

/// Tells the observer what becomes of the regions of one guest, and counts what translating cost.
final class RegionLog {
  private final EngineObserver observer;
  private long nanoseconds;
  private long instructions;
  private long bytes;

  RegionLog(EngineObserver observer) {
    this.observer = observer;
  }

  /// A region was translated, which took some host time.
  void made(Draft draft, Translation translation, long took) {
    Placement place = draft.placement();
    nanoseconds += took;
    instructions += draft.size();
    bytes += translation.bytes();
    observer.observe(
        new EngineEvent.Made(
            draft.address(),
            place.home().physicalAddress(place.slot()),
            draft.size(),
            translation.bytes(),
            took,
            place.pages().stream().map(CodePage::physicalAddress).toList()));
  }

  void installed(RegionSite site) {
    observer.observe(new EngineEvent.Installed(site.physicalAddress()));
  }

  /// Code that a region was made of was written.
  void invalidated(RegionSite site, long writtenAddress, int writtenBytes) {
    observer.observe(
        new EngineEvent.Invalidated(site.physicalAddress(), writtenAddress, writtenBytes));
  }

  void dropped(long physicalAddress, Reason reason) {
    observer.observe(new EngineEvent.Dropped(physicalAddress, reason));
  }

  EngineStatistics.Translation translation() {
    return new EngineStatistics.Translation(nanoseconds, instructions, bytes);
  }
}
