package hospes.host;

import hospes.host.Outcome.Ending;
import hospes.machine.Machine;
import hospes.machine.Message;
import hospes.machine.StopReason;
import java.time.Duration;
import java.util.Optional;

/// Runs a machine in slices on the calling thread, and gives it time, input and an end.
///
/// **Clock.** In [ClockMode#HOST] the machine is told the host's time between slices of a
/// millisecond or two, and idle time is slept through. In [ClockMode#VIRTUAL] it is never told;
/// where it idles, time jumps to its next timer.
///
/// **Input.** Bytes arrive in small groups, as over a serial line. In HOST mode a group is handed
/// over between slices. In VIRTUAL mode it is handed over only where the guest idles, or, for a
/// guest that waits by polling, after every 50 million instructions without idling: so the moment
/// depends on the guest alone, and a run whose input is complete when it starts repeats exactly.
/// Slices themselves change nothing.
public final class GuestRunner {
  /// The receive FIFO of the board's UART.
  private static final int INPUT_GROUP = 16;

  private static final long POLLING_INSTRUCTIONS = 50_000_000;
  private static final long SLICE_NANOSECONDS = 1_500_000;
  private static final long MIN_SLICE = 10_000;
  private static final long MAX_SLICE = 100_000_000;

  private final Machine machine;
  private final InputQueue input;
  private final ConsoleWriter output;
  private final RunPolicy policy;
  private final HostTime time;
  private volatile boolean stopRequested;

  private long start;
  private long deadline;
  private long slice = 100_000;
  private long nextPoll;

  /// Runs `machine`, whose console reads from `input` and writes to `output`.
  public GuestRunner(Machine machine, InputQueue input, ConsoleWriter output, RunPolicy policy) {
    this(machine, input, output, policy, HostTime.WALL);
  }

  GuestRunner(
      Machine machine, InputQueue input, ConsoleWriter output, RunPolicy policy, HostTime time) {
    this.machine = machine;
    this.input = input;
    this.output = output;
    this.policy = policy;
    this.time = time;
  }

  /// Ends the run soon; may be called from any thread.
  public void stop() {
    stopRequested = true;
    input.wake();
  }

  /// Runs the guest to its end. All its output is written out when this returns.
  public Outcome run() {
    start = time.nanoseconds();
    deadline = policy.timeout().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
    try {
      Optional<Ending> ending;
      do {
        ending = step();
      } while (ending.isEmpty());
      output.flush();
      return new Outcome(
          output.failure().<Ending>map(Ending.OutputLost::new).orElse(ending.get()),
          machine.instructions(),
          Duration.ofNanos(elapsed()));
    } finally {
      output.flush();
    }
  }

  /// One slice and what follows from it; empty where the guest goes on.
  private Optional<Ending> step() {
    Optional<Ending> imposed = imposedEnding();
    if (imposed.isPresent()) {
      return imposed;
    }
    betweenSlices();
    long before = machine.instructions();
    long sliceStart = elapsed();
    StopReason reason = machine.run(budget(before));
    long sliceEnd = elapsed();
    output.flush();
    return switch (reason) {
      case StopReason.BudgetSpent() -> {
        adapt(machine.instructions() - before, sliceEnd - sliceStart);
        yield Optional.empty();
      }
      case StopReason.Idle(long wakeAt) -> idle(wakeAt);
      case StopReason.PoweredOff(int exitCode) -> Optional.of(new Ending.PoweredOff(exitCode));
      case StopReason.Reset() -> Optional.empty();
      case StopReason.Stuck(String why) -> Optional.of(new Ending.Stuck(why));
      case StopReason.HostFault(String why, _) -> Optional.of(new Ending.Stuck(why));
    };
  }

  private long elapsed() {
    return time.nanoseconds() - start;
  }

  private Optional<Ending> imposedEnding() {
    if (stopRequested) {
      return Optional.of(new Ending.Stopped());
    }
    if (machine.instructions() >= policy.maxInstructions()) {
      return Optional.of(new Ending.InstructionLimit());
    }
    if (elapsed() >= deadline) {
      return Optional.of(new Ending.TimedOut());
    }
    return output.failure().map(Ending.OutputLost::new);
  }

  private void betweenSlices() {
    switch (policy.clock()) {
      case HOST -> {
        handOverInput();
        machine.inbox().post(new Message.ClockSample(elapsed()));
      }
      case VIRTUAL -> {
        if (machine.instructions() >= nextPoll) {
          handOverInput();
          nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
        }
      }
    }
  }

  private long budget(long executed) {
    long budget = Math.min(slice, policy.maxInstructions() - executed);
    return switch (policy.clock()) {
      case HOST -> budget;
      case VIRTUAL -> Math.min(budget, nextPoll - executed);
    };
  }

  private void adapt(long executed, long nanoseconds) {
    if (executed < slice) {
      return; // cut short by a limit: says little about speed
    }
    if (nanoseconds < SLICE_NANOSECONDS / 2) {
      slice = Math.min(slice * 2, MAX_SLICE);
    } else if (nanoseconds > SLICE_NANOSECONDS * 2) {
      slice = Math.max(slice / 2, MIN_SLICE);
    }
  }

  private boolean handOverInput() {
    byte[] bytes = input.take(INPUT_GROUP);
    if (bytes.length == 0) {
      return false;
    }
    machine.inbox().post(new Message.ConsoleInput(bytes));
    return true;
  }

  private Optional<Ending> idle(long wakeAt) {
    nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
    return switch (policy.clock()) {
      case HOST -> sleepUntil(wakeAt);
      case VIRTUAL -> {
        if (handOverInput()) {
          yield Optional.empty();
        }
        if (wakeAt == Long.MAX_VALUE) {
          yield sleepUntil(wakeAt);
        }
        machine.inbox().post(new Message.ClockSample(wakeAt));
        yield Optional.empty();
      }
    };
  }

  private Optional<Ending> sleepUntil(long wakeAt) {
    if (wakeAt == Long.MAX_VALUE && input.isAtEnd()) {
      return Optional.of(
          new Ending.Stuck(
              "it waits for an interrupt, but no timer is set and no input will come"));
    }
    long until = Math.min(wakeAt, deadline);
    long wait = until == Long.MAX_VALUE ? Long.MAX_VALUE : until - elapsed();
    if (wait > 0) {
      try {
        time.await(input, wait);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Optional.of(new Ending.Stopped());
      }
    }
    return Optional.empty();
  }
}
