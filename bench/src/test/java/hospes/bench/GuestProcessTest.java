package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GuestProcessTest {
  private static final String BUSY =
      "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; printf 'up\\n~ # '; exec sleep 1000";

  private final GuestProcess processes = new GuestProcess(Duration.ofSeconds(60));

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  @Test
  void aGuestIsTimedUntilItsPromptAndEndedThen() throws BenchFailure {
    Sample sample = processes.untilPrinted("~ # ", shell(BUSY), Map.of());
    assertTrue(sample.wall() > 0 && sample.wall() < 60, sample.toString());
    assertTrue(sample.cpu() > 0 && sample.cpu() < 60, sample.toString());
  }

  @Test
  void aGuestThatDiesFirstIsShownWithItsLastWords() {
    BenchFailure failure =
        assertThrows(
            BenchFailure.class,
            () -> processes.untilPrinted("~ # ", shell("echo no firmware >&2"), Map.of()));
    assertTrue(failure.toString().contains("no firmware"), failure.toString());
  }

  @Test
  void aGuestThatNeverGetsReadyIsGivenUp() {
    GuestProcess hasty = new GuestProcess(Duration.ofMillis(200));
    BenchFailure failure =
        assertThrows(
            BenchFailure.class,
            () -> hasty.untilPrinted("~ # ", shell("echo hm; sleep 1000; :"), Map.of()));
    assertTrue(failure.toString().contains("did not print"), failure.toString());
  }

  @Test
  void aProgramIsTimedToItsEndWithTheProcessorTimeOfItsChildren() throws BenchFailure {
    GuestProcess.Completed run =
        processes.untilEnd(
            shell("sh -c 'i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done'; echo $WORD"),
            Map.of("WORD", "done"));
    assertEquals("done\n", run.output());
    assertTrue(run.sample().cpu() > 0, run.sample().toString());
  }

  @Test
  void aProgramThatFailsIsNoSample() {
    BenchFailure failure =
        assertThrows(
            BenchFailure.class, () -> processes.untilEnd(shell("echo ouch; exit 3"), Map.of()));
    assertTrue(failure.toString().contains("exit code 3"), failure.toString());
    assertTrue(failure.toString().contains("ouch"), failure.toString());
  }

  @Test
  void theTimesOfTheShellsChildrenAreRead() throws BenchFailure {
    assertEquals(63.75, ShellTimes.ofChildren("0m9.00s 0m9.00s\n1m2.50s 0m1.25s\n"), 1e-9);
    assertEquals(3.75, ShellTimes.ofChildren("0m0,000s 0m0,000s\n0m2,500s 0m1,250s\n"), 1e-9);
    assertThrows(BenchFailure.class, () -> ShellTimes.ofChildren("sh: times: not found"));
  }
}
