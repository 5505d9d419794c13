package hospes.conformance.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import hospes.machine.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An instruction of a story that traps by itself, in the middle of hot code, does so in the same
/// state on every tier: at the same address, after as many instructions.
@EveryTier
final class TrapTest {
  private static final long MOST = 20_000_000;

  private final Tier tier;

  TrapTest(Tier tier) {
    this.tier = tier;
  }

  private static StoryRun play(String key, EngineSettings engine) throws IOException {
    byte[] story = Files.readAllBytes(InformStory.compiled("traps", 5));
    return StoryRun.play("traps", story, key, engine, MOST);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "a, div",
    "b, mod",
    "c, set_attr",
    "d, clear_attr",
    "e, test_attr",
    "f, put_prop",
    "g, get_next_prop",
    "h, storew",
    "i, storeb",
    "j, output_stream",
    "k, throw",
    "l, input_stream",
    "m, div alone",
    "n, mod alone"
  })
  void itStopsWhereTheInterpreterDoes(String key, String instruction) throws IOException {
    StoryRun interpreted = play(key, EngineSettings.interpreter());
    assertInstanceOf(StopReason.Stuck.class, interpreted.end().reason(), instruction);
    assertEquals(interpreted.end(), play(key, tier.engine()).end(), instruction);
  }
}
