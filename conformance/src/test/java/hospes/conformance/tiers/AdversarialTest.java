package hospes.conformance.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.EngineSettings;
import hospes.machine.StopReason;
import hospes.testkit.RunEnd;
import hospes.testkit.Runner;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
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
  private static final long MEMORY = 8L << 20;
  private static final long MOST_INSTRUCTIONS = 50_000_000;
  private static final List<GuestText> PROGRAMS = GuestText.all();
  private static final Map<String, RunEnd> INTERPRETED = new ConcurrentHashMap<>();

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
    RunEnd expected =
        INTERPRETED.computeIfAbsent(
            program.name(), _ -> end(program, EngineSettings.interpreter(), WHOLE));
    assertEquals(program.expected(), expected.console());
    assertEquals(new StopReason.PoweredOff(0), expected.reason());
    assertEquals(expected, end(program, tier.engine(), WHOLE));
    assertEquals(expected, end(program, tier.engine(), ODD_SLICE), "in slices");
  }

  /// Runs a program in slices of at most so many instructions; waiting is skipped.
  private static RunEnd end(GuestText program, EngineSettings engine, long slice) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Virt virt = Virt.bareMetal(program.elf()).memory(MEMORY).harts(program.harts());
    try (VirtMachine machine = Standalone.on(console::write).with(engine).powerOn(virt)) {
      StopReason reason = Runner.inSlicesOf(slice, MOST_INSTRUCTIONS).run(machine);
      // The interpreter would step in without a word.
      assertEquals(0, machine.engineStatistics().regions().failed(), "translations that failed");
      return RunEnd.of(machine, reason, console);
    }
  }
}
