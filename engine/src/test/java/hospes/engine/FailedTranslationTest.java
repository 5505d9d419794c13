package hospes.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.toy.ToyArchitecture;
import hospes.engine.translator.OperationTable;
import org.junit.jupiter.api.Test;

/// Code that cannot be translated, or not in one piece.
class FailedTranslationTest {
  /// Regions to run until there is a better one.
  private static final int ENOUGH = 20;

  private final OperationTable table = ToyArchitecture.table();
  private final RegionLibrary library = new RegionLibrary();
  private final EngineSettings settings =
      new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, library);

  @Test
  void regionThatHotSpotWouldNotCompileIsMadeHalfAsLong() {
    try (ToyGuest guest = new ToyGuest(table, settings)) {
      guest.put(ToyArchitecture.LONG, 1000);
      guest.reach();
      guest.runRegions(ENOUGH);
      assertTrue(library.lastFailure().orElseThrow().contains("8000"));
      EngineStatistics.Regions after = guest.statistics();
      assertEquals(1, after.failed());
      assertEquals(2, after.made());
      assertEquals(1, after.improved());
      assertEquals(1, after.installed());
      guest.core.r[0] = 1;
      int executed = guest.runRegions(1);
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
      first.runRegions(ENOUGH);
      assertEquals(1, first.statistics().failed());
      assertEquals(1, first.statistics().improved());
      second.put(ToyArchitecture.LONG, 1000);
      second.reach();
      second.runRegions(ENOUGH);
      assertEquals(0, second.statistics().failed());
      assertEquals(0, second.statistics().made());
      assertEquals(1, second.statistics().shared());
      assertEquals(1, library.statistics().failed());
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
