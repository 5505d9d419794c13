package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.guest.Outcome.Ending;
import hospes.host.ports.ConsoleWriter;
import hospes.host.ports.InputQueue;
import hospes.host.ports.PortRouter;
import hospes.host.schedule.CpuShare;
import hospes.host.schedule.FakeTime;
import hospes.host.schedule.HostTime;
import hospes.host.schedule.Scheduler;
import hospes.host.schedule.Task;
import hospes.host.schedule.Turn;
import hospes.testkit.FakeMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

  private Outcome run(FakeMachine machine, RunPolicy policy) throws InterruptedException {
    return run(machine, input, console, policy, HostTime.WALL);
  }

  private Outcome run(FakeMachine machine, RunPolicy policy, HostTime time)
      throws InterruptedException {
    return run(machine, input, console, policy, time);
  }

  /// Runs a machine to its end on the one thread of a scheduler.
  private static Outcome run(
      FakeMachine machine, InputQueue from, ConsoleWriter to, RunPolicy policy, HostTime time)
      throws InterruptedException {
    GuestRunner runner =
        new GuestRunner(
            machine,
            new PortRouter(),
            from,
            to,
            policy,
            time,
            () -> new Ending.Stuck("no input will come"));
    runner.begin();
    CountDownLatch over = new CountDownLatch(1);
    try (Scheduler scheduler = new Scheduler(1, time)) {
      Task task =
          scheduler.add(
              nanoseconds -> {
                Turn turn = runner.run(nanoseconds, () -> false);
                if (turn instanceof Turn.Over) {
                  over.countDown();
                }
                return turn;
              },
              CpuShare.DEFAULT);
      from.onInput(() -> scheduler.wake(task));
      scheduler.wake(task);
      over.await();
    }
    return runner.outcome().orElseThrow();
  }

  private void type(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    input.offer(bytes, bytes.length);
  }

  @Test
  void aGuestThatSwitchesOffEndsWithItsOwnCodeAndAllItsOutput() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, 1000, NEVER);
    type("hello q");

    Outcome outcome = run(machine, RunPolicy.unlimited(ClockMode.HOST));

    assertEquals(new Ending.PoweredOff(7), outcome.ending());
    assertEquals("hello q", shown.toString(StandardCharsets.US_ASCII));
  }

  /// As a guest from a template does: a little work, a wait for the next tick, and so on.
  @Test
  void aGuestThatSettlesGetsItsInputWhenItRests() {
    type("q");
    FakeMachine ticking = new FakeMachine(console, 1000, 5 * MILLISECOND);
    GuestRunner settling = settling(ticking);
    for (int i = 0; i < 100; i++) {
      settling.run(MILLISECOND, () -> false);
    }
    assertTrue(ticking.events().size() > 10, ticking.events().toString());
    assertTrue(ticking.events().stream().allMatch(event -> event.startsWith("timer")));

    FakeMachine resting = new FakeMachine(console, 1000, NEVER);
    GuestRunner rested = settling(resting);
    while (!(rested.run(MILLISECOND, () -> false) instanceof Turn.Over)) {
      assertTrue(resting.instructions() < 1_000_000, "its input never comes");
    }
    assertEquals(List.of("q@1000"), resting.events());
  }

  /// Nor is a guest that never rests left without its user for good.
  @Test
  void aGuestThatNeverRestsGetsItsInputInTheEnd() {
    type("q");
    FakeMachine spinning = new FakeMachine(console, NEVER, NEVER);
    GuestRunner settling = settling(spinning);
    while (!(settling.run(MILLISECOND, () -> false) instanceof Turn.Over)) {
      assertTrue(spinning.instructions() < 1_000_000_000, "its input never comes");
    }
    assertTrue(spinning.instructions() >= 300_000_000, spinning.events().toString());
  }

  private GuestRunner settling(FakeMachine machine) {
    GuestRunner runner =
        new GuestRunner(
            machine,
            new PortRouter(),
            input,
            console,
            RunPolicy.unlimited(ClockMode.HOST),
            new FakeTime(MILLISECOND / 10),
            () -> new Ending.Stuck("no input will come"));
    runner.holdInput();
    runner.begin();
    return runner;
  }

  @Test
  void theInstructionLimitIsExactInBothClockModes() throws InterruptedException {
    for (ClockMode clock : ClockMode.values()) {
      FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
      RunPolicy policy = new RunPolicy(clock, Optional.empty(), 123_456_789);

      Outcome outcome = run(machine, policy);

      assertEquals(new Ending.InstructionLimit(), outcome.ending());
      assertEquals(123_456_789, outcome.instructions(), clock.name());
    }
  }

  @Test
  void aGuestThatNeverEndsIsEndedByTheTimeout() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
    FakeTime time = new FakeTime(10_000);

    Outcome outcome = run(machine, timeout(ClockMode.VIRTUAL, Duration.ofSeconds(2)), time);

    assertEquals(new Ending.TimedOut(), outcome.ending());
    assertTrue(outcome.wall().compareTo(Duration.ofSeconds(2)) >= 0);
  }

  @Test
  void anIdleGuestIsEndedByTheTimeoutAndNotOnlyAtItsNextTimer() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, 1000, 3_600_000 * MILLISECOND);
    FakeTime time = new FakeTime(1000);

    Outcome outcome = run(machine, timeout(ClockMode.HOST, Duration.ofSeconds(1)), time);

    assertEquals(new Ending.TimedOut(), outcome.ending());
    assertTrue(outcome.wall().compareTo(Duration.ofMillis(1010)) < 0, "overslept");
  }

  @Test
  void inHostModeTimersFireByTheHostsClock() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, 1000, 100 * MILLISECOND);
    FakeTime time = new FakeTime(1000);

    run(machine, timeout(ClockMode.HOST, Duration.ofSeconds(1)), time);

    long timers = machine.events().stream().filter(event -> event.startsWith("timer")).count();
    assertTrue(timers == 9 || timers == 10, "timers in a second: " + timers);
  }

  @Test
  void inVirtualModeIdleTimeIsSkippedAndNotSleptThrough() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, 1000, 3_600_000 * MILLISECOND);
    FakeTime time = new FakeTime(1000);
    RunPolicy policy = new RunPolicy(ClockMode.VIRTUAL, Optional.empty(), 5_000);

    Outcome outcome = run(machine, policy, time);

    assertEquals(5_000, outcome.instructions());
    assertEquals(0, time.slept());
    assertEquals(List.of("timer@1000", "timer@2000", "timer@3000", "timer@4000"), machine.events());
  }

  @Test
  void inVirtualModeInputArrivesAtTheSameInstructionsWhateverTheSlices()
      throws InterruptedException {
    FakeMachine fastHost = new FakeMachine(console, 700_001, 10 * MILLISECOND);
    FakeMachine slowHost = new FakeMachine(console, 700_001, 10 * MILLISECOND);
    String text = "two lines of input\nthat end here q";

    type(text);
    Outcome fast = run(fastHost, RunPolicy.unlimited(ClockMode.VIRTUAL), new FakeTime(1));
    type(text);
    Outcome slow = run(slowHost, RunPolicy.unlimited(ClockMode.VIRTUAL), new FakeTime(3_333_333));

    assertEquals(3, fastHost.events().size());
    assertEquals(fastHost.events(), slowHost.events());
    assertEquals(fast.instructions(), slow.instructions());
  }

  @Test
  void inVirtualModeAGuestThatPollsGetsItsInputToo() throws InterruptedException {
    FakeMachine machine = new FakeMachine(console, NEVER, NEVER);
    type("q");

    Outcome outcome = run(machine, RunPolicy.unlimited(ClockMode.VIRTUAL));

    assertInstanceOf(Ending.PoweredOff.class, outcome.ending());
    assertEquals(List.of("q@50000000"), machine.events());
  }

  @Test
  void anIdleGuestWithoutTimerAndInputIsStuck() throws InterruptedException {
    for (ClockMode clock : ClockMode.values()) {
      InputQueue atEnd = new InputQueue(16);
      atEnd.end();
      FakeMachine machine = new FakeMachine(console, 1000, NEVER);

      Outcome outcome = run(machine, atEnd, console, RunPolicy.unlimited(clock), HostTime.WALL);

      assertInstanceOf(Ending.Stuck.class, outcome.ending(), clock.name());
    }
  }

  @Test
  void anIdleGuestWakesForInputFromAnotherThread() throws InterruptedException {
    for (ClockMode clock : ClockMode.values()) {
      FakeMachine machine = new FakeMachine(console, 1000, NEVER);
      Thread.startVirtualThread(() -> type("q"));

      Outcome outcome = run(machine, RunPolicy.unlimited(clock));

      assertEquals(new Ending.PoweredOff(7), outcome.ending(), clock.name());
    }
  }

  @Test
  void outputThatNobodyTakesEndsTheGuest() throws InterruptedException {
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
        run(machine, input, broken, RunPolicy.unlimited(ClockMode.HOST), HostTime.WALL);

    Ending.OutputLost lost = assertInstanceOf(Ending.OutputLost.class, outcome.ending());
    assertEquals("No space left on device", lost.cause().getMessage());
  }
}
