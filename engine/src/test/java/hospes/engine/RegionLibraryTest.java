package hospes.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.toy.ToyArchitecture;
import hospes.engine.translator.Draft;
import hospes.engine.translator.EngineDebugging;
import hospes.engine.translator.Extent;
import hospes.engine.translator.Grade;
import hospes.engine.translator.OperationTable;
import hospes.engine.translator.RegionKey;
import hospes.engine.translator.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The library's own bookkeeping.
class RegionLibraryTest {
  private static final OperationTable TABLE = ToyArchitecture.table();

  private final Translator translator =
      new Translator(TABLE, EngineMode.TRANSLATOR, EngineDebugging.NONE);

  /// Some regions of different content: `size` instructions each.
  private Draft draft(int size) {
    try (ToyGuest guest = new ToyGuest(TABLE, EngineSettings.interpreter())) {
      guest.put(ToyArchitecture.SHORT, size);
      return translator
          .draft(guest.core, guest.page(), ToyArchitecture.RAM, Extent.WHOLE, Grade.THOROUGH)
          .orElseThrow();
    }
  }

  private SharedRegion claim(RegionLibrary library, int size) {
    Draft draft = draft(size);
    SharedRegion region =
        library.claim(
            key(size), draft.content(), draft.size(), () -> translator.translate(draft).region());
    region.translate();
    return region;
  }

  private static RegionKey key(int size) {
    return new RegionKey(TABLE, 0, size);
  }

  @Test
  void equalContentIsOneRegion() {
    RegionLibrary library = new RegionLibrary();
    assertSame(claim(library, 5), claim(library, 5));
    assertEquals(new RegionLibrary.Statistics(1, 0, 0, 0, 1), library.statistics());
  }

  @Test
  void regionsThatWereNotUsedForTheLongestTimeMakeRoom() {
    RegionLibrary library = new RegionLibrary(8);
    for (int size = 2; size < 10; size++) {
      claim(library, size);
    }
    library.share(library.find(key(2), draft(2).content()).orElseThrow());
    claim(library, 10);
    assertEquals(new RegionLibrary.Statistics(9, 1, 1, 0, 8), library.statistics());
    assertTrue(library.find(key(2), draft(2).content()).isPresent());
    assertTrue(library.find(key(3), draft(3).content()).isEmpty());
    assertTrue(library.find(key(10), draft(10).content()).isPresent());
  }

  @Test
  void codeThatIsPatchedAgainAndAgainDoesNotFillTheLibrary() {
    RegionLibrary library = new RegionLibrary();
    for (int size = 2; size < 60; size++) {
      Draft draft = draft(size);
      library.claim(
          key(0), draft.content(), draft.size(), () -> translator.translate(draft).region());
    }
    assertEquals(8, library.alike(key(0)).size());
    assertEquals(8, library.statistics().held());
    assertEquals(50, library.statistics().evicted());
  }

  @Test
  void translationIsMadeOnceHoweverManySeeToIt() throws InterruptedException {
    RegionLibrary library = new RegionLibrary();
    AtomicInteger translations = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    Draft draft = draft(5);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitUninterrupted(start);
                    SharedRegion region =
                        library.claim(
                            key(5),
                            draft.content(),
                            draft.size(),
                            () -> {
                              translations.incrementAndGet();
                              return translator.translate(draft).region();
                            });
                    region.translate();
                    region.whenFinished(told::incrementAndGet);
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, translations.get());
    assertEquals(8, told.get());
    assertEquals(1, library.statistics().made());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  @Test
  void translationForWhichThereIsNoMemoryLeavesNobodyWaiting() {
    RegionLibrary library = new RegionLibrary();
    Draft draft = draft(5);
    SharedRegion region =
        library.claim(
            key(5),
            draft.content(),
            draft.size(),
            () -> {
              throw new OutOfMemoryError("Metaspace");
            });
    AtomicInteger told = new AtomicInteger();
    region.whenFinished(told::incrementAndGet);
    region.translate();
    assertEquals(1, told.get());
    assertInstanceOf(SharedRegion.Result.Failed.class, region.result().orElseThrow());
  }

  @Test
  void libraryOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RegionLibrary(0));
  }
}
