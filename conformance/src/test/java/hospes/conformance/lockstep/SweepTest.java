package hospes.conformance.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.GuestText;
import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever execution is cut, it goes on as if it had not been: budgets and interrupts at every
/// single instruction of loops.
@EveryTier(except = {Tier.INTERPRETER, Tier.AUTO})
final class SweepTest {
  private static final int MOST = 1000;
  private static final long BRIEF_ENOUGH = 10_000;

  /// Loops shift by a few instructions between two of these.
  private static final long DISTANCE = 1009;

  private final Tier tier;

  SweepTest(Tier tier) {
    this.tier = tier;
  }

  /// Budgets of 1 to 1000 instructions, one after the other.
  @ParameterizedTest
  @ValueSource(strings = {"endless", "timers", "traps", "floats", "two-pages", "remaps", "devices"})
  void budgetsOfEverySizeLeaveTheInterpretersState(String name) {
    GuestText program = GuestText.read(name);
    try (GuestRun judge = new GuestRun(program.elf(), EngineSettings.interpreter());
        GuestRun judged = new GuestRun(program.elf(), tier.engine())) {
      boolean goesOn = true;
      for (int budget = 1; budget <= MOST && goesOn; budget++) {
        goesOn = judge.step(budget);
        assertEquals(goesOn, judged.step(budget));
        compare(judge, judged, "after a budget of " + budget);
      }
    }
  }

  /// A whole run in slices of each size leaves what it leaves in one go.
  @Test
  void slicesOfEverySizeEndAlike() {
    GuestText program = GuestText.read("brief");
    try (GuestRun whole = new GuestRun(program.elf(), EngineSettings.interpreter())) {
      assertEquals(false, whole.step(BRIEF_ENOUGH));
      for (int slice = 1; slice <= MOST; slice++) {
        try (GuestRun judged = new GuestRun(program.elf(), tier.engine())) {
          while (judged.step(slice)) {
            // Goes on.
          }
          compare(whole, judged, "in slices of " + slice);
        }
      }
    }
  }

  /// The host's clock jumps, so that the timer goes off at each of a thousand instructions in turn.
  @Test
  void interruptsAtEveryInstructionAreTakenThere() {
    GuestText program = GuestText.read("endless");
    try (GuestRun judge = new GuestRun(program.elf(), EngineSettings.interpreter());
        GuestRun judged = new GuestRun(program.elf(), tier.engine())) {
      for (int i = 1; i <= MOST; i++) {
        for (GuestRun run : List.of(judge, judged)) {
          run.schedule(i * DISTANCE - DISTANCE / 2, Delivery.clock(i * 3_000_000L));
        }
      }
      for (int i = 1; i <= MOST; i++) {
        judge.step(DISTANCE);
        judged.step(DISTANCE);
        compare(judge, judged, "after interrupt " + i);
      }
      assertEquals(MOST, judge.observe().hart(HartField.named("x27")), "interrupts that came");
    }
  }

  private static void compare(GuestRun judge, GuestRun judged, String when) {
    Observation right = judge.observe();
    Observation ours = judged.observe();
    if (!ours.matches(right)) {
      assertEquals(List.of(), ours.differences(right), when);
    }
  }
}
