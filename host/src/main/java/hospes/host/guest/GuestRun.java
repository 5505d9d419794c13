package hospes.host.guest;

import hospes.host.guest.Outcome.Ending;
import hospes.host.journal.Replay;
import hospes.host.memory.MemoryShortage;
import hospes.host.ports.GuestConsole;
import hospes.host.schedule.Turn;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.StateRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A guest's run: its slices, and what leads from one [state][GuestState] to another.
///
/// All of it is done between two instructions by the thread that owns the guest then; what is
/// volatile may be asked by any.
final class GuestRun {
  private final GuestHome host;
  private final Guest guest;
  private final GuestMachine machine;
  private final GuestConsole console;
  private final Requests requests;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<Consumer<GuestEvent>> listeners = new CopyOnWriteArrayList<>();
  private GuestRunner runner;
  private volatile GuestState state = GuestState.CREATED;
  private volatile Optional<MemoryShortage> shortage = Optional.empty();
  private long cpuNanoseconds;

  GuestRun(
      GuestHome host,
      Guest guest,
      GuestMachine machine,
      GuestConsole console,
      Requests requests,
      RunPolicy policy) {
    this.host = host;
    this.guest = guest;
    this.machine = machine;
    this.console = console;
    this.requests = requests;
    runner = GuestRunner.of(machine, console, policy, host.time());
  }

  /// Before the first slice.
  void enter(GuestState first) {
    state = first;
    runner.begin();
    runner.pause();
  }

  /// A slice; never throws, so that a failure ends this guest alone.
  Turn slice(long nanoseconds) {
    Turn turn;
    try {
      // Not past a message that waits in the inbox: forks and snapshots would miss it.
      requests.serve(() -> !runner.hasMail());
      turn =
          switch (state) {
            case CREATED -> new Turn.Sleep(Long.MAX_VALUE);
            case RUNNING -> again(timed(nanoseconds));
            case PAUSED -> runner.rest();
            case STOPPED -> new Turn.Over();
          };
    } catch (Throwable failure) {
      turn = runner.end(new Ending.Failed(failure));
    }
    if (turn instanceof Turn.Over) {
      settle();
    }
    return turn;
  }

  /// What could not be served for mail that waited is served when that was taken.
  private Turn again(Turn turn) {
    return turn instanceof Turn.Sleep && requests.pending() ? new Turn.Again() : turn;
  }

  private Turn timed(long nanoseconds) {
    long start = host.time().nanoseconds();
    try {
      Turn turn = runner.run(nanoseconds, requests::pending);
      guest.recording().progress();
      runner.takeHalt().ifPresent(reason -> host.memory().lacks(guest.tenancy(), reason));
      return turn;
    } finally {
      cpuNanoseconds += host.time().nanoseconds() - start;
      host.memory().sliceEnded();
    }
  }

  /// What follows from the end of the run.
  private void settle() {
    state = GuestState.STOPPED;
    console.finish();
    Outcome ended = runner.outcome().orElseThrow();
    endRecording(ended.ending().words());
    requests.ownerLeaves();
    tell(new GuestEvent.Ended(ended));
    outcome.complete(ended);
  }

  /// A recording that cannot be ended well is no reason not to end the guest.
  private void endRecording(String reason) {
    try {
      guest.recording().end(reason);
    } catch (RuntimeException | OutOfMemoryError failure) {
      guest.tellRecordingFailed("the recording ends early: " + failure);
    }
  }

  boolean start() {
    need("be started", GuestState.CREATED);
    runner.begin();
    state = GuestState.RUNNING;
    tell(new GuestEvent.Resumed());
    return true;
  }

  boolean pause() {
    if (shortage.isPresent()) {
      shortage = Optional.empty(); // stays paused when there is memory
    } else {
      need("be paused", GuestState.RUNNING);
      runner.pause();
    }
    state = GuestState.PAUSED;
    tell(new GuestEvent.Paused());
    return true;
  }

  boolean resume() {
    need("be resumed", GuestState.PAUSED);
    return goOn();
  }

  private boolean goOn() {
    runner.resume();
    shortage = Optional.empty();
    state = GuestState.RUNNING;
    tell(new GuestEvent.Resumed());
    return true;
  }

  /// There is no memory for it: it waits for somebody who has it tried again.
  boolean halt(MemoryShortage want) {
    if (state == GuestState.RUNNING) {
      runner.pause();
      shortage = Optional.of(want);
      state = GuestState.PAUSED;
      tell(new GuestEvent.Halted(want));
    }
    return true;
  }

  /// There is memory again; answers whether that lets it go on.
  boolean endHalt() {
    return state == GuestState.PAUSED && shortage.isPresent() && goOn();
  }

  boolean pressPowerButton() {
    need("be switched off by its button", GuestState.RUNNING);
    runner.pressPowerButton();
    tell(new GuestEvent.PowerButtonPressed());
    return true;
  }

  boolean reset() {
    need("be reset", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    endRecording("the guest was switched off and on by its host");
    machine.powerCycle();
    runner = GuestRunner.of(machine, console, guest.treatment().policy(), host.time());
    runner.begin();
    runner.pause();
    tell(new GuestEvent.PowerCycled());
    return true;
  }

  /// Ends the run, unless it has ended.
  boolean stop() {
    if (state != GuestState.STOPPED) {
      runner.end(new Ending.Stopped());
      state = GuestState.STOPPED;
    }
    return true;
  }

  /// @throws GuestStateException where the state is none of the allowed ones
  void need(String action, GuestState... allowed) {
    if (!List.of(allowed).contains(state)) {
      throw new GuestStateException(guest.name(), state, action);
    }
  }

  /// Does what a journal says; before it enters.
  void replay(Replay journal) {
    runner.replay(journal);
  }

  boolean isReplay() {
    return runner.replays();
  }

  long statesCompared() {
    return runner.statesCompared();
  }

  /// The host's own record of the guest.
  StateRecord toRecord() {
    RecordWriter out = new RecordWriter();
    GuestRecord.of(guest.treatment()).save(out);
    runner.save(out);
    return new StateRecord(GuestRecord.NAME, GuestRecord.VERSION, out.toByteArray());
  }

  /// Of a guest that is restored, before it enters.
  ///
  /// @param in what [#toRecord] made, behind the treatment
  void restore(RecordReader in) {
    runner.restore(in);
  }

  /// Of a fork that is to repeat its parent, before it enters: what was typed and not read yet is
  /// typed at it, too.
  void repeat(GuestRun parent) {
    RecordWriter out = new RecordWriter();
    parent.runner.save(out);
    runner.restore(
        new RecordReader(
            new StateRecord(GuestRecord.NAME, GuestRecord.VERSION, out.toByteArray())));
  }

  GuestState state() {
    return state;
  }

  /// What there is too little of, where that is why the guest is paused.
  Optional<MemoryShortage> shortage() {
    return shortage;
  }

  /// Host time that the guest had.
  Duration cpuTime() {
    return Duration.ofNanos(cpuNanoseconds);
  }

  /// How it ended, once it did.
  Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome.getNow(null));
  }

  /// Waits for its end, but not longer than `patience`.
  Optional<Outcome> await(Duration patience) throws InterruptedException {
    try {
      return Optional.of(outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a run always has an outcome", impossible);
    }
  }

  /// Waits for its end, whatever interrupts.
  void join() {
    outcome.join();
  }

  void listen(Consumer<GuestEvent> listener) {
    listeners.add(listener);
  }

  void tell(GuestEvent event) {
    for (Consumer<GuestEvent> listener : listeners) {
      listener.accept(event);
    }
  }
}
