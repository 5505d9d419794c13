package hospes.conformance.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The embedded guest on our board and our firmware.
@EveryTier
final class HelloTest {
  private static final String TYPED =
      "help\nfib 50\nfib 93\nfib 94\nfib\nfault\nsleep 20\nsleep\nnonsense\n  \nfix\b\bib 1\nfi\n"
          + "poweroff\n";

  private final Tier tier;

  HelloTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void theTranscriptIsTheGoldenOne() throws IOException {
    HelloRun run = HelloRun.of(tier, TYPED);
    Path actual = Files.writeString(Path.of("target", "hello.txt"), run.transcript());
    try (InputStream golden = getClass().getResourceAsStream("hello.txt")) {
      assertEquals(
          new String(
              Objects.requireNonNull(golden, "hello.txt").readAllBytes(),
              StandardCharsets.US_ASCII),
          run.transcript(),
          "if the new transcript is right: cp conformance/%s conformance/src/test/resources/hospes/conformance/board/"
              .formatted(actual));
    }
    assertEquals(new StopReason.PoweredOff(0), run.end());
  }

  @Test
  void timeOnTheVirtualClockAndEverythingElseRepeatsExactly() {
    HelloRun run = HelloRun.of(tier, "time\nsleep 1000\ntime\nregs\npoweroff\n");
    assertEquals(run, HelloRun.of(tier, "time\nsleep 1000\ntime\nregs\npoweroff\n"));
    assertTrue(
        run.transcript().matches("(?s).*\n10 ms since.*\n101[0-9] ms since.*satp +0x8.*"),
        run.transcript());
  }

  @Test
  void aCrashIsReportedAndBecomesTheExitCode() {
    HelloRun run = HelloRun.of(tier, "crash\n");
    assertEquals(new StopReason.PoweredOff(1), run.end());
    assertTrue(run.transcript().contains("Trap! scause = 0x2, sepc = 0x802"), run.transcript());
  }

  @Test
  void typingAheadLosesNothing() {
    String many =
        IntStream.range(0, 90).mapToObj("fib %d\n"::formatted).collect(Collectors.joining());
    String transcript = HelloRun.of(tier, many + "poweroff\n").transcript();
    assertTrue(transcript.contains("hello> fib 89\n1779979416004714189\n"), transcript);
    assertEquals(90, transcript.split("hello> fib ", -1).length - 1);
  }

  @Test
  void withoutPoweroffItWaitsForMore() {
    assertEquals(new StopReason.Idle(Long.MAX_VALUE), HelloRun.of(tier, "fib 10\n").end());
  }
}
