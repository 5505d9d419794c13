package hospes.host.guest;

import hospes.host.guest.Outcome.Ending;
import hospes.host.journal.Replay;
import hospes.host.ports.ConsoleWriter;
import hospes.host.ports.GuestConsole;
import hospes.host.ports.InputQueue;
import hospes.host.ports.PortRouter;
import hospes.host.schedule.HostTime;
import hospes.host.schedule.Scheduler;
import hospes.host.schedule.Turn;
import hospes.machine.Delivery;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.StopReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Runs a machine, slice by slice, and gives it time, input and an end.
///
/// **Clock.** In [ClockMode#HOST] the machine is told the host's time between steps of a
/// millisecond or two, and idle time is slept through. In [ClockMode#VIRTUAL] it is never told;
/// where it idles, time jumps to its next timer. While a guest is paused, its time stands still.
///
/// **Input.** Bytes arrive in small groups, as over a serial line. In HOST mode a group is handed
/// over between steps. In VIRTUAL mode it is handed over only where the guest idles, or, for a
/// guest that waits by polling, after every 50 million instructions without idling: so the moment
/// depends on the guest alone, and a run whose input is complete when it starts repeats exactly.
/// Steps and slices themselves change nothing.
///
/// Belongs to the thread that runs the guest.
public final class GuestRunner {
  /// The receive FIFO of the board's UART.
  private static final int INPUT_GROUP = 16;

  /// Instructions after which a guest that never rests gets its input all the same.
  private static final long LONGEST_HOLD = 300_000_000;

  /// Nanoseconds of idle time that are no wait for the next tick of a kernel's clock, at which it
  /// does what it put off.
  private static final long REST = 20_000_000;

  private static final long POLLING_INSTRUCTIONS = 50_000_000;
  private static final long MIN_STEP = 10_000;
  private static final long MAX_STEP = 100_000_000;

  private final Machine machine;
  private final PortRouter ports;
  private final InputQueue input;
  private final ConsoleWriter output;
  private final RunPolicy policy;
  private final HostTime time;
  private final Supplier<Ending> withoutInput;

  /// Host time at which guest time is zero.
  private long epoch;

  private long start;
  private long deadline = Long.MAX_VALUE;
  private long pausedAt;

  /// Instructions that take [Scheduler#SLICE_NANOSECONDS].
  private long step = 100_000;

  private long nextPoll;

  /// Whether the machine idles on virtual time, and until when. Not saved: a restored machine idles
  /// again at once.
  private boolean idles;

  private long idleUntil;

  /// Instructions until which no input is handed over, unless the guest is at rest before.
  private long heldUntil;

  private Optional<ReplayRunner> replay = Optional.empty();
  private Optional<String> halt = Optional.empty();
  private Optional<Outcome> outcome = Optional.empty();

  /// Runs `machine`, whose console reads from `input` and writes to `output`.
  ///
  /// @param withoutInput how the run ends when the machine waits for input that will never come
  GuestRunner(
      Machine machine,
      PortRouter ports,
      InputQueue input,
      ConsoleWriter output,
      RunPolicy policy,
      HostTime time,
      Supplier<Ending> withoutInput) {
    this.machine = machine;
    this.ports = ports;
    this.input = input;
    this.output = output;
    this.policy = policy;
    this.time = time;
    this.withoutInput = withoutInput;
    nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
  }

  /// Runs a guest's machine, whose user sits at `console`.
  public static GuestRunner of(
      GuestMachine guest, GuestConsole console, RunPolicy policy, HostTime time) {
    GuestRunner runner =
        new GuestRunner(
            guest.machine(),
            guest.ports(),
            console.input(),
            console.writer(),
            policy,
            time,
            guest::endWithoutInput);
    if (guest.isSettling()) {
      runner.holdInput();
    }
    return runner;
  }

  /// Lets time begin; call before the first [#run].
  public void begin() {
    start = time.nanoseconds();
    epoch = start - machine.nanoseconds();
    deadline = Long.MAX_VALUE;
    if (policy.timeout().isPresent() && !replays()) {
      deadline = start + policy.timeout().get().toNanos();
    }
  }

  /// Lets guest time stand still.
  void pause() {
    pausedAt = time.nanoseconds();
  }

  /// Lets guest time go on.
  void resume() {
    epoch += time.nanoseconds() - pausedAt;
  }

  /// Hands over no input before the guest is at rest.
  void holdInput() {
    heldUntil = machine.instructions() + LONGEST_HOLD;
  }

  /// What a paused guest does: wait for the end of the time that the user granted.
  Turn rest() {
    if (time.nanoseconds() >= deadline) {
      return end(new Ending.TimedOut());
    }
    return new Turn.Sleep(deadline);
  }

  /// Runs the guest for about `nanoseconds`, or until `asked` wants something of it. When this
  /// returns, every message to the machine is delivered, so that it can be saved.
  public Turn run(long nanoseconds, BooleanSupplier asked) {
    long begin = time.nanoseconds();
    while (true) {
      Turn turn = step(nanoseconds);
      if (!(turn instanceof Turn.Again)) {
        return turn;
      }
      if (asked.getAsBoolean() || time.nanoseconds() - begin >= nanoseconds) {
        return turn;
      }
    }
  }

  /// Whether a message waits for the machine's next instruction.
  boolean hasMail() {
    return machine.inbox().hasMail(machine.instructions());
  }

  /// Does what a journal says from now on, and nothing else.
  void replay(Replay journal) {
    replay = Optional.of(new ReplayRunner(machine, ports, journal));
  }

  /// Whether it does what a journal says.
  boolean replays() {
    return replay.isPresent();
  }

  /// How many states of a replay were compared with recorded ones, and found to be equal.
  long statesCompared() {
    return replay.map(ReplayRunner::checked).orElse(0L);
  }

  /// Presses the machine's power button.
  void pressPowerButton() {
    machine.inbox().post(Delivery.powerButton());
  }

  /// How the run ended, once it did.
  public Optional<Outcome> outcome() {
    return outcome;
  }

  /// Ends the run. All output is written out when this returns.
  Turn end(Ending ending) {
    output.flush();
    outcome =
        Optional.of(
            new Outcome(
                output.failure().<Ending>map(Ending.OutputLost::new).orElse(ending),
                machine.instructions(),
                Duration.ofNanos(time.nanoseconds() - start)));
    return new Turn.Over();
  }

  /// Writes what a restored guest needs besides its machine to go on exactly.
  void save(RecordWriter out) {
    out.putInt((int) Math.max(0, nextPoll - machine.instructions()));
    byte[] waiting = input.peek();
    out.putInt(waiting.length);
    out.putBytes(waiting);
  }

  /// Takes over what [#save] wrote.
  void restore(RecordReader in) {
    nextPoll = machine.instructions() + in.getCount((int) POLLING_INSTRUCTIONS);
    byte[] waiting = in.getBytes(in.getCount(1 << 20));
    input.offer(waiting, waiting.length);
  }

  /// One step, and what follows from it.
  private Turn step(long nanoseconds) {
    output.flush(); // a guest from a template has something to say before its first instruction
    if (replay.isPresent()) {
      Optional<Ending> ending = output.failure().map(Ending.OutputLost::new);
      ending = ending.or(() -> replay.get().step(stepOf(nanoseconds)));
      output.flush();
      if (ending.isPresent()) {
        return end(ending.get());
      }
      return replay.get().takeHalt().map(this::halt).orElseGet(Turn.Again::new);
    }
    Optional<Ending> imposed = imposedEnding();
    if (imposed.isPresent()) {
      return end(imposed.get());
    }
    betweenSteps();
    long before = machine.instructions();
    long budget = budget(before, nanoseconds);
    long stepStart = time.nanoseconds();
    StopReason reason = machine.run(budget);
    long stepEnd = time.nanoseconds();
    output.flush();
    if (ports.answerInto(machine.inbox()) && reason instanceof StopReason.Idle) {
      return new Turn.Again();
    }
    return switch (reason) {
      case StopReason.BudgetSpent() -> {
        adapt(machine.instructions() - before, stepEnd - stepStart, nanoseconds);
        yield new Turn.Again();
      }
      case StopReason.Idle(long wakeAt) -> idle(wakeAt);
      case StopReason.PoweredOff(int exitCode) -> end(new Ending.PoweredOff(exitCode));
      case StopReason.Reset() -> new Turn.Again();
      case StopReason.Stuck(String why) -> end(new Ending.Stuck(why));
      case StopReason.HostFault(String why, StopReason.Remedy remedy) ->
          switch (remedy) {
            case MORE_MEMORY -> halt(why);
            case NONE -> end(new Ending.MemoryLost(why));
          };
    };
  }

  /// The machine is between two instructions, and has all its mail: as if it were paused.
  private Turn halt(String why) {
    halt = Optional.of(why);
    return new Turn.Sleep(deadline);
  }

  /// Why the last [#run] came back with a machine that the host cannot go on with now, if it did;
  /// the next one tries again.
  public Optional<String> takeHalt() {
    Optional<String> taken = halt;
    halt = Optional.empty();
    return taken;
  }

  private Optional<Ending> imposedEnding() {
    if (machine.instructions() >= policy.maxInstructions()) {
      return Optional.of(new Ending.InstructionLimit());
    }
    if (time.nanoseconds() >= deadline) {
      return Optional.of(new Ending.TimedOut());
    }
    return output.failure().map(Ending.OutputLost::new);
  }

  private void betweenSteps() {
    switch (policy.clock()) {
      case HOST -> {
        handOverInput();
        machine.inbox().post(Delivery.clock(time.nanoseconds() - epoch));
      }
      case VIRTUAL -> {
        if (idles) {
          idles = false;
          if (!handOverInput() && idleUntil != Long.MAX_VALUE) {
            machine.inbox().post(Delivery.clock(idleUntil));
          }
        } else if (machine.instructions() >= nextPoll) {
          handOverInput();
          nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
        }
      }
    }
  }

  private long budget(long executed, long nanoseconds) {
    long budget = Math.min(stepOf(nanoseconds), policy.maxInstructions() - executed);
    return switch (policy.clock()) {
      case HOST -> budget;
      case VIRTUAL -> Math.min(budget, nextPoll - executed);
    };
  }

  private long stepOf(long nanoseconds) {
    return nanoseconds >= Scheduler.SLICE_NANOSECONDS
        ? step
        : Math.max(MIN_STEP, step * nanoseconds / Scheduler.SLICE_NANOSECONDS);
  }

  private void adapt(long executed, long took, long nanoseconds) {
    if (executed < stepOf(nanoseconds)) {
      return; // cut short by a limit: says little about speed
    }
    if (took < nanoseconds / 2) {
      step = Math.min(step * 2, MAX_STEP);
    } else if (took > nanoseconds * 2) {
      step = Math.max(step / 2, MIN_STEP);
    }
  }

  private boolean handOverInput() {
    if (machine.instructions() < heldUntil) {
      return false;
    }
    Optional<Payload.Size> size = input.takeSize();
    size.ifPresent(now -> machine.inbox().post(Delivery.of(PortName.CONSOLE, now)));
    byte[] bytes = input.take(INPUT_GROUP);
    if (bytes.length != 0) {
      machine.inbox().post(Delivery.typed(bytes));
    }
    return size.isPresent() || bytes.length != 0;
  }

  private Turn idle(long wakeAt) {
    nextPoll = machine.instructions() + POLLING_INSTRUCTIONS;
    if (wakeAt - machine.nanoseconds() >= REST) {
      heldUntil = 0;
    }
    return switch (policy.clock()) {
      case HOST -> sleepUntil(wakeAt);
      case VIRTUAL -> {
        if (wakeAt == Long.MAX_VALUE && !input.hasInput()) {
          yield sleepUntil(wakeAt);
        }
        // What wakes it is posted by the next step: so the inbox is empty between two steps.
        idles = true;
        idleUntil = wakeAt;
        yield new Turn.Again();
      }
    };
  }

  private Turn sleepUntil(long wakeAt) {
    if (input.hasInput()) {
      return new Turn.Again();
    }
    if (wakeAt == Long.MAX_VALUE && input.isAtEnd()) {
      return end(withoutInput.get());
    }
    long timer = wakeAt > Long.MAX_VALUE - Math.max(0, epoch) ? Long.MAX_VALUE : epoch + wakeAt;
    return new Turn.Sleep(Math.min(timer, deadline));
  }
}
