package hospes.conformance.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.EngineSettings;
import hospes.machine.StopReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that do what makes translations wrong compute the right result on every tier, and leave
/// exactly the interpreter's state.
@EveryTier
final class AdversarialTest {
  private static final long WHOLE = Long.MAX_VALUE;
  private static final long ODD_SLICE = 997;
  private static final List<GuestText> PROGRAMS = GuestText.all();
  private static final Map<String, GuestEnd> INTERPRETED = new ConcurrentHashMap<>();

  private final Tier tier;

  AdversarialTest(Tier tier) {
    this.tier = tier;
  }

  static List<GuestText> programs() {
    return PROGRAMS;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theEndIsTheInterpreters(GuestText program) {
    GuestEnd expected =
        INTERPRETED.computeIfAbsent(
            program.name(), _ -> GuestEnd.of(program, EngineSettings.interpreter(), WHOLE));
    assertEquals(program.expected(), expected.console());
    assertEquals(new StopReason.PoweredOff(0), expected.reason());
    assertEquals(expected, GuestEnd.of(program, tier.engine(), WHOLE));
    assertEquals(expected, GuestEnd.of(program, tier.engine(), ODD_SLICE), "in slices");
  }
}
