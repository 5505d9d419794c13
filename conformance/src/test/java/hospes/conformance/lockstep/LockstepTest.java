package hospes.conformance.lockstep;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.conformance.tiers.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random programs take every tier through the same states as the interpreter, step by step.
///
/// `-Dlockstep.seed=S` runs the program of one seed only, `-Dlockstep.n=N` compares after every N
/// instructions instead of after a random number, `-Dlockstep.instructions=I` runs more or fewer.
final class LockstepTest {
  private static final Path REPORTS = Path.of("target", "lockstep");
  private static final long SEED = Long.getLong("lockstep.seed", -1);
  private static final long STEP = Long.getLong("lockstep.n", 0);
  private static final long ENOUGH = Long.getLong("lockstep.instructions", 34_000_000);
  private static final long PER_PROGRAM = STEP == 1 ? 20_000 : 400_000;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INTERPRETER", "AUTO"})
  void everyTierDoesWhatTheInterpreterDoes(Tier tier) throws IOException {
    long first = SEED >= 0 ? SEED : tier.ordinal() * 1_000_000L;
    long done = 0;
    long seed = first;
    do {
      RandomProgram program = RandomProgram.of(seed);
      Optional<String> difference = new Lockstep(program, tier.engine(), STEP).run(PER_PROGRAM);
      if (difference.isPresent()) {
        Files.createDirectories(REPORTS);
        Path source =
            Files.writeString(REPORTS.resolve("program-%d.s".formatted(seed)), program.text());
        fail(tier + ": " + difference.get() + "\nThe program is in " + source);
      }
      done += PER_PROGRAM;
      seed++;
    } while (SEED < 0 && done < ENOUGH);
    System.out.printf(
        "%s: %,d instructions in step, seeds %d to %d%n", tier, done, first, seed - 1);
    assertTrue(done > 0);
  }
}
