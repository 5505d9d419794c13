package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.RandomDelay;
import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Debian boots to the same state, bit for bit, whether its kernel is translated or not, and
/// whenever translations are finished.
final class TierBootTest {
  private static final long EARLY = 250_000_000;

  /// Beyond the shell's prompt.
  private static final long LATE = 1_600_000_000;

  private static final long WHOLE = Long.MAX_VALUE;

  @Test
  void translationsChangeNothing() {
    Guests.Order order = Guests.debian(Tier.INTERPRETER).harts(2);
    BootRun interpreted = BootRun.of(order, EARLY, WHOLE);
    assertEquals(interpreted, BootRun.of(order.engine(delayed(1, 30_000)), EARLY, WHOLE));
  }

  @Tag("slow")
  @Test
  void translationsChangeNothingUpToTheShell() {
    Guests.Order order = Guests.debian(Tier.INTERPRETER);
    BootRun interpreted = BootRun.of(order, LATE, WHOLE);
    assertTrue(interpreted.console().contains("~ # "), "the shell was reached");
    assertEquals(interpreted, BootRun.of(order.engine(Tier.AUTO.engine()), LATE, WHOLE), "at once");
    for (int most : new int[] {500, 20_000, 500_000}) {
      assertEquals(
          interpreted,
          BootRun.of(order.engine(delayed(most, most)), LATE, WHOLE),
          () -> "translations up to %d us late".formatted(most));
    }
  }

  private static EngineSettings delayed(long seed, int mostMicroseconds) {
    return EngineSettings.auto(new RandomDelay(seed, mostMicroseconds));
  }
}
