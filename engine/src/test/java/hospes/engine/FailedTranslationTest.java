package hospes.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.toy.ToyArchitecture;
import hospes.engine.translator.OperationTable;
import org.junit.jupiter.api.Test;

/// Code that cannot be translated, or not in one piece.
class FailedTranslationTest {
  private final OperationTable table = ToyArchitecture.table();
  private final RegionLibrary library = new RegionLibrary();
  private final EngineSettings settings =
      new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, library);

  @Test
  void regionThatHotSpotWouldNotCompileIsMadeHalfAsLong() {
    try (ToyGuest guest = new ToyGuest(table, settings)) {
      guest.put(ToyArchitecture.LONG, 1000);
      guest.reach();
      assertEquals(1, guest.statistics().failed());
      assertTrue(library.lastFailure().orElseThrow().contains("8000"));
      guest.reach();
      EngineStatistics.Regions after = guest.statistics();
      assertEquals(1, after.failed());
      assertEquals(1, after.made());
      assertEquals(1, after.installed());
      guest.core.r[0] = 1;
      guest.core.remaining = 1000;
      assertTrue(guest.page().runRegions(guest.core, 0));
      int executed = 1000 - guest.core.remaining;
      assertEquals(Long.rotateLeft(1, 50 * executed), guest.core.r[0]);
      assertEquals(ToyArchitecture.RAM + 2L * executed, guest.core.pc);
    }
  }

  @Test
  void otherGuestsLearnFromTheFailure() {
    try (ToyGuest first = new ToyGuest(table, settings);
        ToyGuest second = new ToyGuest(table, settings)) {
      first.put(ToyArchitecture.LONG, 1000);
      first.reach();
      second.put(ToyArchitecture.LONG, 1000);
      second.reach();
      assertEquals(0, second.statistics().failed());
      assertEquals(1, second.statistics().made());
      first.reach();
      assertEquals(1, first.statistics().shared());
      assertEquals(new RegionLibrary.Statistics(1, 1, 0, 1, 2), library.statistics());
    }
  }

  @Test
  void codeThatCannotBeTranslatedIsTriedTwiceAndThenLeftAlone() {
    try (ToyGuest guest = new ToyGuest(table, settings)) {
      guest.put(ToyArchitecture.BROKEN, 1000);
      for (int i = 0; i < 10; i++) {
        guest.reach();
      }
      assertEquals(2, guest.statistics().failed());
      assertEquals(2, library.statistics().failed());
      assertEquals(0, guest.statistics().installed());
      assertTrue(library.lastFailure().isPresent());
    }
  }
}
