package hospes.conformance.lockstep;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
  private static final long BRIEF = 300_000;

  /// Long enough that HotSpot compiles what was translated, with all its optimisations.
  private static final long LONG = 5_000_000;

  private static final int ONE_IS_LONG = 5;
  private static final int WILD_PROGRAMS = 12;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INTERPRETER", "AUTO"})
  void everyTierDoesWhatTheInterpreterDoes(Tier tier) throws IOException {
    long first = SEED >= 0 ? SEED : tier.ordinal() * 1_000_000L;
    long done = 0;
    long seed = first;
    do {
      long length = STEP > 0 || seed % ONE_IS_LONG > 0 ? BRIEF : LONG;
      run(tier, RandomProgram.of(seed), length);
      done += length;
      seed++;
    } while (SEED < 0 && done < ENOUGH);
    System.out.printf(
        "%s: %,d instructions in step, seeds %d to %d%n", tier, done, first, seed - 1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INTERPRETER", "AUTO"})
  void wildCodeDoesWhatTheInterpreterDoes(Tier tier) throws IOException {
    long first = SEED >= 0 ? SEED : tier.ordinal() * 1_000_000L;
    long end = SEED >= 0 ? SEED + 1 : first + WILD_PROGRAMS;
    for (long seed = first; seed < end; seed++) {
      run(tier, RandomProgram.wild(seed), BRIEF);
    }
  }

  private static void run(Tier tier, RandomProgram program, long length) throws IOException {
    Lockstep lockstep =
        new Lockstep(program, () -> new GuestRun(program.elf(), tier.engine()), STEP);
    Optional<String> difference = lockstep.run(length);
    if (difference.isPresent()) {
      Files.createDirectories(REPORTS);
      Path source =
          Files.writeString(
              REPORTS.resolve("program-%d.s".formatted(program.seed())), program.text());
      fail(tier + ": " + difference.get() + "\nThe program is in " + source);
    }
  }

  /// A difference is narrowed down to the instruction, and described. The guest that is judged gets
  /// a byte of input that the judge does not get.
  @Test
  void aDifferenceIsFoundAndDescribed() {
    RandomProgram program = RandomProgram.of(1);
    Lockstep lockstep =
        new Lockstep(
            program,
            () -> {
              GuestRun disturbed = new GuestRun(program.elf(), EngineSettings.interpreter());
              disturbed.schedule(100_003, Delivery.typed(new byte[] {'x'}));
              return disturbed;
            },
            0);
    String report = lockstep.run(BRIEF).orElseThrow();
    assertTrue(report.contains("-Dlockstep.seed=1,"), report);
    assertTrue(report.contains("differ from instruction 100,003 on"), report);
    assertTrue(report.contains("  uart differs"), report);
  }
}
