package hospes.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.Outcome.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuestRunnerTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long MILLISECOND = 1_000_000;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final ConsoleWriter console = new ConsoleWriter(shown);
  private final InputQueue input = new InputQueue(1024);

  private static RunPolicy timeout(ClockMode clock, Duration timeout) {
    return new RunPolicy(clock, Optional.of(timeout), NEVER);
  }

  private void type(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    input.offer(bytes, bytes.length);
  }

  @Test
  void aGuestThatSwitchesOffEndsWithItsOwnCodeAndAllItsOutput() {
    FakeMachine machine = new FakeMachine(console, 1000, NEVER);
    type("hello q");

    Outcome outcome =
        new GuestRunner(machine, input, console, RunPolicy.unlimited(ClockMode.HOST)).run();

    assertEquals(new Ending.PoweredOff(7), outcome.ending());
    assertEquals("hello q", shown.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void theInstructionLimitIsExactInBothClockModes() {
    for (ClockMode clock : ClockMode.values()) {
      FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
      RunPolicy policy = new RunPolicy(clock, Optional.empty(), 123_456_789);

      Outcome outcome = new GuestRunner(machine, input, console, policy).run();

      assertEquals(new Ending.InstructionLimit(), outcome.ending());
      assertEquals(123_456_789, outcome.instructions(), clock.name());
    }
  }

  @Test
  void aGuestThatNeverEndsIsEndedByTheTimeout() {
    FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
    FakeTime time = new FakeTime(10_000);

    Outcome outcome =
        new GuestRunner(
                machine, input, console, timeout(ClockMode.VIRTUAL, Duration.ofSeconds(2)), time)
            .run();

    assertEquals(new Ending.TimedOut(), outcome.ending());
    assertTrue(outcome.wall().compareTo(Duration.ofSeconds(2)) >= 0);
  }

  @Test
  void anIdleGuestIsEndedByTheTimeoutAndNotOnlyAtItsNextTimer() {
    FakeMachine machine = new FakeMachine(console, 1000, 3_600_000 * MILLISECOND);
    FakeTime time = new FakeTime(1000);

    Outcome outcome =
        new GuestRunner(
                machine, input, console, timeout(ClockMode.HOST, Duration.ofSeconds(1)), time)
            .run();

    assertEquals(new Ending.TimedOut(), outcome.ending());
    assertTrue(outcome.wall().compareTo(Duration.ofMillis(1010)) < 0, "overslept");
  }

  @Test
  void inHostModeTimersFireByTheHostsClock() {
    FakeMachine machine = new FakeMachine(console, 1000, 100 * MILLISECOND);
    FakeTime time = new FakeTime(1000);

    new GuestRunner(machine, input, console, timeout(ClockMode.HOST, Duration.ofSeconds(1)), time)
        .run();

    long timers = machine.events().stream().filter(event -> event.startsWith("timer")).count();
    assertTrue(timers == 9 || timers == 10, "timers in a second: " + timers);
  }

  @Test
  void inVirtualModeIdleTimeIsSkippedAndNotSleptThrough() {
    FakeMachine machine = new FakeMachine(console, 1000, 3_600_000 * MILLISECOND);
    FakeTime time = new FakeTime(1000);
    RunPolicy policy = new RunPolicy(ClockMode.VIRTUAL, Optional.empty(), 5_000);

    Outcome outcome = new GuestRunner(machine, input, console, policy, time).run();

    assertEquals(5_000, outcome.instructions());
    assertEquals(0, time.slept);
    assertEquals(List.of("timer@1000", "timer@2000", "timer@3000", "timer@4000"), machine.events());
  }

  @Test
  void inVirtualModeInputArrivesAtTheSameInstructionsWhateverTheSlices() {
    FakeMachine fastHost = new FakeMachine(console, 700_001, 10 * MILLISECOND);
    FakeMachine slowHost = new FakeMachine(console, 700_001, 10 * MILLISECOND);
    String text = "two lines of input\nthat end here q";

    type(text);
    Outcome fast =
        new GuestRunner(
                fastHost, input, console, RunPolicy.unlimited(ClockMode.VIRTUAL), new FakeTime(1))
            .run();
    type(text);
    Outcome slow =
        new GuestRunner(
                slowHost,
                input,
                console,
                RunPolicy.unlimited(ClockMode.VIRTUAL),
                new FakeTime(3_333_333))
            .run();

    assertEquals(3, fastHost.events().size());
    assertEquals(fastHost.events(), slowHost.events());
    assertEquals(fast.instructions(), slow.instructions());
  }

  @Test
  void inVirtualModeAGuestThatPollsGetsItsInputToo() {
    FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
    type("q");

    Outcome outcome =
        new GuestRunner(machine, input, console, RunPolicy.unlimited(ClockMode.VIRTUAL)).run();

    assertInstanceOf(Ending.PoweredOff.class, outcome.ending());
    assertEquals(List.of("q@50000000"), machine.events());
  }

  @Test
  void anIdleGuestWithoutTimerAndInputIsStuck() {
    for (ClockMode clock : ClockMode.values()) {
      InputQueue atEnd = new InputQueue(16);
      atEnd.end();
      FakeMachine machine = new FakeMachine(console, 1000, NEVER);

      Outcome outcome = new GuestRunner(machine, atEnd, console, RunPolicy.unlimited(clock)).run();

      assertInstanceOf(Ending.Stuck.class, outcome.ending(), clock.name());
    }
  }

  @Test
  void anIdleGuestWakesForInputFromAnotherThread() {
    for (ClockMode clock : ClockMode.values()) {
      FakeMachine machine = new FakeMachine(console, 1000, NEVER);
      Thread.startVirtualThread(() -> type("q"));

      Outcome outcome = new GuestRunner(machine, input, console, RunPolicy.unlimited(clock)).run();

      assertEquals(new Ending.PoweredOff(7), outcome.ending(), clock.name());
    }
  }

  @Test
  void stopEndsAGuestThatSleeps() {
    FakeMachine machine = new FakeMachine(console, 1000, NEVER);
    GuestRunner runner =
        new GuestRunner(machine, input, console, RunPolicy.unlimited(ClockMode.HOST));
    Thread.startVirtualThread(runner::stop);

    assertEquals(new Ending.Stopped(), runner.run().ending());
  }

  @Test
  void outputThatNobodyTakesEndsTheGuest() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ConsoleWriter broken = new ConsoleWriter(full);
    FakeMachine machine = new FakeMachine(broken, 1000, MILLISECOND);
    type("x");

    Outcome outcome =
        new GuestRunner(machine, input, broken, RunPolicy.unlimited(ClockMode.HOST)).run();

    Ending.OutputLost lost = assertInstanceOf(Ending.OutputLost.class, outcome.ending());
    assertEquals("No space left on device", lost.cause().getMessage());
  }

  /// A clock that moves by `step` whenever it is read, and by the whole wait when somebody waits.
  private static final class FakeTime implements HostTime {
    private final long step;
    private long now;
    private long slept;

    FakeTime(long step) {
      this.step = step;
    }

    @Override
    public long nanoseconds() {
      now += step;
      return now;
    }

    @Override
    public void await(InputQueue input, long nanoseconds) {
      now += nanoseconds;
      slept += nanoseconds;
    }
  }
}
