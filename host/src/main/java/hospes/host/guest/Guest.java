package hospes.host.guest;

import hospes.formats.journal.JournalFormatException;
import hospes.formats.journal.JournalHeader;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.HostedMachine;
import hospes.host.HostException;
import hospes.host.guest.Outcome.Ending;
import hospes.host.journal.DiskWatch;
import hospes.host.journal.JournalFile;
import hospes.host.journal.Recording;
import hospes.host.journal.Replay;
import hospes.host.memory.HostStats;
import hospes.host.ports.GuestConsole;
import hospes.host.schedule.CpuShare;
import hospes.host.schedule.Task;
import hospes.host.schedule.Turn;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.StateRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A guest: one running virtual machine.
///
/// Any thread may use it. What is asked of it is done between two slices of its run, so every call
/// sees it between two instructions, and takes about a millisecond where the guest is busy. States
/// and what leads from one to the other: [GuestState].
public final class Guest implements AutoCloseable {
  static final String RECORD = "guest";

  private final GuestHome host;
  private final String name;
  private final Instant started = Instant.now();
  private final GuestMachine machine;
  private final GuestConsole console;
  private final Requests requests = new Requests();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<Consumer<GuestEvent>> listeners = new CopyOnWriteArrayList<>();
  private final GuestSaving saving = new GuestSaving(this);
  private final GuestTenancy tenancy;
  private final GuestRecording recording;
  private volatile Treatment treatment;
  private GuestRunner runner;
  private volatile GuestState state = GuestState.CREATED;
  private volatile Optional<String> haltReason = Optional.empty();
  private volatile @Nullable Task task;
  private volatile boolean keepsDrives;
  private long cpuNanoseconds;
  private boolean closed;

  Guest(
      GuestHome host,
      String name,
      Treatment treatment,
      GuestConsole console,
      GuestMachine machine) {
    this.host = host;
    this.name = name;
    this.treatment = treatment;
    this.console = console;
    this.machine = machine;
    tenancy = new GuestTenancy(this, machine);
    recording = new GuestRecording(this, machine);
    runner = newRunner();
  }

  private GuestRunner newRunner() {
    return GuestRunner.of(machine, console, treatment.policy(), host.time());
  }

  /// Puts the guest into the scheduler's hands, in the state that it begins with.
  void enter(GuestState first) {
    state = first;
    runner.begin();
    runner.pause();
    Task entered;
    try {
      entered = host.scheduler().add(this::run, treatment.share());
    } catch (IllegalStateException hostClosed) {
      abandon();
      throw new HostException("the host is closed", hostClosed);
    }
    task = entered;
    host.memory().add(tenancy, host.scheduler(), entered);
    host.adopt(this);
    console.input().onInput(() -> host.scheduler().wake(entered));
    host.scheduler().wake(entered); // for what came before anybody listened
  }

  /// A slice; never throws, so that a failure ends this guest alone.
  private Turn run(long nanoseconds) {
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
      recording.progress();
      runner.takeHalt().ifPresent(reason -> host.memory().lacks(tenancy, reason));
      return turn;
    } finally {
      cpuNanoseconds += host.time().nanoseconds() - start;
      host.memory().sliceEnded();
    }
  }

  /// The host cannot go on with the guest: it waits for somebody who has it tried again.
  void halt(String reason) {
    request(
        () -> {
          if (state == GuestState.RUNNING) {
            runner.pause();
            haltReason = Optional.of(reason);
            state = GuestState.PAUSED;
            tell(new GuestEvent.Halted(reason));
          }
          return true;
        });
  }

  /// The host can go on with the guest, if that was why it is paused.
  void endHalt() {
    request(() -> state == GuestState.PAUSED && haltReason.isPresent() && goOn());
  }

  private boolean goOn() {
    runner.resume();
    haltReason = Optional.empty();
    state = GuestState.RUNNING;
    tell(new GuestEvent.Resumed());
    return true;
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
      recording.end(reason);
    } catch (RuntimeException | OutOfMemoryError failure) {
      tellRecordingFailed("the recording ends early: " + failure);
    }
  }

  private void tell(GuestEvent event) {
    for (Consumer<GuestEvent> listener : listeners) {
      listener.accept(event);
    }
  }

  /// The guest's name, unique in its host.
  public String name() {
    return name;
  }

  /// The state now; it may be another one a moment later.
  public GuestState state() {
    return state;
  }

  /// Why the host paused the guest, in one sentence; empty where it did not. It goes on by itself
  /// when that is over, and [#resume] tries before. [#pause] makes it a pause like others.
  public Optional<String> haltReason() {
    return haltReason;
  }

  /// The console.
  public GuestConsole console() {
    return console;
  }

  /// How the guest is treated now.
  public Treatment treatment() {
    return treatment;
  }

  /// When the guest came into being, in this host.
  public Instant started() {
    return started;
  }

  /// What the guest's machine is.
  public GuestDescription description() {
    return GuestDescription.of(machine);
  }

  /// How the run ended; empty as long as it did not.
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome.getNow(null));
  }

  /// Waits for the end of the run.
  public Outcome await() throws InterruptedException {
    return await(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow();
  }

  /// Waits for the end of the run, but not longer than `patience`.
  public Optional<Outcome> await(Duration patience) throws InterruptedException {
    try {
      return Optional.of(outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a run always has an outcome", impossible);
    }
  }

  /// Tells `listener` what happens from now on, on the guest's thread: it must not wait, and not
  /// ask anything of this guest.
  public void listen(Consumer<GuestEvent> listener) {
    listeners.add(listener);
  }

  /// Starts a guest that was only created.
  ///
  /// @throws GuestStateException where it was started already
  public void start() throws InterruptedException {
    ask(
        () -> {
          need("be started", GuestState.CREATED);
          runner.begin();
          state = GuestState.RUNNING;
          tell(new GuestEvent.Resumed());
          return true;
        });
  }

  /// Stops the guest's time until [#resume].
  ///
  /// @throws GuestStateException where it is not running
  public void pause() throws InterruptedException {
    ask(
        () -> {
          if (haltReason.isPresent()) {
            haltReason = Optional.empty(); // stays paused when there is memory
          } else {
            need("be paused", GuestState.RUNNING);
            runner.pause();
          }
          state = GuestState.PAUSED;
          tell(new GuestEvent.Paused());
          return true;
        });
  }

  /// Lets a paused guest go on.
  ///
  /// @throws GuestStateException where it is not paused
  public void resume() throws InterruptedException {
    ask(
        () -> {
          need("be resumed", GuestState.PAUSED);
          return goOn();
        });
  }

  /// Presses the power button. What follows is the guest's decision; [#await] waits for it.
  ///
  /// @throws GuestStateException where it is not running
  public void stop() throws InterruptedException {
    ask(
        () -> {
          need("be switched off by its button", GuestState.RUNNING);
          requireNoReplay("its button cannot be pressed");
          runner.pressPowerButton();
          tell(new GuestEvent.PowerButtonPressed());
          return true;
        });
  }

  /// Gives the guest another claim to the processors from now on.
  ///
  /// @throws GuestStateException where it has ended
  public void update(CpuShare share) throws InterruptedException {
    ask(
        () -> {
          need("be treated otherwise", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          treatment = treatment.cpu(share);
          host.scheduler().update(Objects.requireNonNull(task), share);
          return true;
        });
  }

  /// Asks the guest to do with so many bytes of its memory, and to give the rest to its balloon.
  ///
  /// @throws HostException where it is not running, or cannot be asked
  public void limitMemory(long bytes) throws InterruptedException {
    ask(
        () -> {
          need("be asked for memory", GuestState.RUNNING);
          requireNoReplay("it cannot be asked for memory");
          tenancy.limit(bytes);
          return true;
        });
  }

  /// Switches the guest off and on again, without asking it.
  ///
  /// @throws GuestStateException where it has ended
  public void reset() throws InterruptedException {
    ask(
        () -> {
          need("be reset", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          requireNoReplay("it cannot be reset");
          endRecording("the guest was switched off and on by its host");
          machine.powerCycle();
          runner = newRunner();
          runner.begin();
          runner.pause();
          tell(new GuestEvent.PowerCycled());
          return true;
        });
  }

  /// Ends the guest at once, and waits until it has ended. One that has ended already stays as it
  /// is.
  public void kill() throws InterruptedException {
    askToEnd();
    await();
  }

  private void askToEnd() {
    request(
        () -> {
          if (state != GuestState.STOPPED) {
            runner.end(new Ending.Stopped());
            state = GuestState.STOPPED;
          }
          return true;
        });
  }

  /// A second guest that goes on from the same state, under a name of its own, in a state like this
  /// one's. What it writes to its drives goes to files of its own ([#ownDrives]).
  ///
  /// @throws GuestStateException where this one has ended
  /// @throws HostException where its machine cannot be forked
  public Guest fork() throws InterruptedException {
    return fork(1).getFirst();
  }

  /// `count` forks of the same moment, as by [#fork()].
  public List<Guest> fork(int count) throws InterruptedException {
    return fork(count, IdentityChoice.OWN);
  }

  /// `count` forks of the same moment, as by [#fork()].
  public List<Guest> fork(int count, IdentityChoice identity) throws InterruptedException {
    return ask(
        () -> {
          need("be forked", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          List<Guest> forks = host.fork(this, count, identity);
          forks.forEach(fork -> fork.enter(state));
          return forks;
        });
  }

  /// The machine's fork, for a new guest; on the owner's thread.
  GuestMachine forkMachine(Supplies supplies, IdentityChoice identity) {
    return machine.fork(supplies, identity);
  }

  /// Writes the guest's whole state to a file, from which [Host#restore] makes an equal guest. The
  /// guest goes on while the file is written; what it changes meanwhile is not in it. A file of
  /// that name is replaced when the new one is complete.
  ///
  /// @throws GuestStateException where it has ended
  /// @throws HostException where it cannot be saved, or the file cannot be written
  public void snapshot(Path file) throws InterruptedException {
    saving.save(file);
  }

  /// Everything, at this moment; on the owner's thread.
  GuestSaving.Moment freeze() {
    need("be saved", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    GuestSaving.Moment moment = freezeUnheld();
    return moment.heldBy(recording.hold());
  }

  private GuestSaving.Moment freezeUnheld() {
    return new GuestSaving.Moment(
        toRecord(), machine.freeze(), machine.machine().instructions(), Optional.empty());
  }

  /// Begins to record, and gives everything at this moment too; on the owner's thread.
  <T> T beginRecording(JournalFile file, BiFunction<Recording, GuestSaving.Moment, T> both) {
    need("be recorded", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    requireNoReplay("it is recorded already");
    recording.requireNone();
    GuestSaving.Moment moment = freezeUnheld();
    return both.apply(recording.begin(file), moment);
  }

  GuestRecording recording() {
    return recording;
  }

  /// Records all that enters the guest from now on to a journal ([Host#replay]), and writes a
  /// snapshot of this moment beside it, at which a replay starts. The recording ends with the
  /// guest, or when it is switched off and on; whatever happens to the host, all but the last
  /// second of it is in the file. Where it cannot be written any more, the guest goes on, and
  /// [GuestEvent.RecordingFailed] says so.
  ///
  /// @throws GuestStateException where it has ended
  /// @throws HostException where it is recorded already, cannot be saved, or a file cannot be
  /// written
  public void record(Path journal) throws InterruptedException {
    saving.record(journal);
  }

  /// Writes the hash of the guest's state into its recording, where it is recorded: a replay can
  /// be compared with it. It takes some tenths of a second.
  public void checkpoint() throws InterruptedException {
    ask(
        () -> {
          need("be looked at", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          recording.checkpoint();
          return true;
        });
  }

  void tellRecordingFailed(String why) {
    tell(new GuestEvent.RecordingFailed(why));
  }

  /// Makes sure that this guest is what a journal was recorded on.
  ///
  /// @throws HostException where it is another
  void requireRecordedOn(JournalHeader journal) {
    try {
      journal.requireMachine(machine.plan().kind().name());
      journal.requireIngredients(PlanParts.ingredients(machine.plan()));
    } catch (JournalFormatException other) {
      throw new HostException(String.valueOf(other.getMessage()), other);
    }
  }

  private void requireNoReplay(String why) {
    if (isReplay()) {
      throw new HostException(
          "guest %s does what was recorded: %s; a fork of it is free".formatted(name, why));
    }
  }

  /// Whether it does what a journal says, and nothing else.
  boolean isReplay() {
    return runner.replays();
  }

  /// How many states of a replay were compared with recorded ones, and found to be equal.
  public long statesCompared() throws InterruptedException {
    return ask(() -> runner.statesCompared());
  }

  /// Of a guest that does what a journal says, before it enters.
  void replay(Replay journal) {
    runner.replay(journal);
  }

  /// Its disks, as a replay sees them.
  List<DiskWatch> disks() {
    return machine.disks();
  }

  /// The header of a snapshot.
  SnapshotHeader header() {
    return machine.header(name);
  }

  private StateRecord toRecord() {
    RecordWriter out = new RecordWriter();
    GuestRecord.of(treatment).save(out);
    runner.save(out);
    return new StateRecord(RECORD, GuestRecord.VERSION, out.toByteArray());
  }

  /// Of a fork that is to repeat its parent, before it enters: what was typed and not read yet is
  /// typed at it, too.
  void repeat(Guest parent) {
    RecordWriter out = new RecordWriter();
    parent.runner.save(out);
    runner.restore(
        new RecordReader(new StateRecord(RECORD, GuestRecord.VERSION, out.toByteArray())));
  }

  /// Of a guest that is restored, before it enters.
  void restoreRunner(RecordReader in) {
    runner.restore(in);
  }

  /// The disks that failed, by name, with the first failure of each.
  public Map<String, IOException> driveFailures() throws InterruptedException {
    return ask(machine::driveFailures);
  }

  /// Why not all is where the guest wrote by a port, for the user.
  public List<String> portFailures() throws InterruptedException {
    return ask(() -> machine.ports().failures());
  }

  /// The files that were made to hold what this guest, a fork or restored, writes to its drives.
  /// [#close] removes them.
  public List<Path> ownDrives() {
    return machine.ownDrives();
  }

  /// Has [#close] keep [#ownDrives].
  public void keepDrives() {
    keepsDrives = true;
  }

  boolean isClosed() {
    return closed;
  }

  /// What all guests of its host use together.
  public HostStats hostStats() {
    return host.memory().stats();
  }

  GuestTenancy tenancy() {
    return tenancy;
  }

  /// What the guest used so far.
  public GuestStats stats() throws InterruptedException {
    return ask(
        () ->
            GuestStats.of(
                state, machine, tenancy.pages(), Duration.ofNanos(cpuNanoseconds), closed));
  }

  /// Looks at the machine between two of its instructions. It must not be kept, run or changed.
  ///
  /// @throws HostException where the guest is closed
  public <T> T look(Function<HostedMachine, T> question) throws InterruptedException {
    return ask(
        () -> {
          if (closed) {
            throw new HostException("guest %s is closed".formatted(name));
          }
          return question.apply(machine.machine());
        });
  }

  /// Ends the guest if it has not, and gives back its memory and its name.
  @Override
  public void close() {
    askToEnd();
    outcome.join();
    saving.whileNothingIsSaved(() -> requests.ask(this::giveBack));
  }

  private boolean giveBack() {
    if (!closed) {
      closed = true;
      if (keepsDrives) {
        machine.keepDrives();
      }
      abandon();
    }
    return true;
  }

  /// Of a guest that never entered.
  void abandon() {
    machine.close();
    host.forget(this);
  }

  private void need(String action, GuestState... allowed) {
    if (!List.of(allowed).contains(state)) {
      throw new GuestStateException(name, state, action);
    }
  }

  <T> CompletableFuture<T> request(Callable<T> action) {
    CompletableFuture<T> answer = requests.ask(action);
    wake();
    return answer;
  }

  /// Has it look whether there is something to do.
  void wake() {
    Task entered = task;
    if (entered != null) {
      host.scheduler().wake(entered);
    }
  }

  <T> T ask(Callable<T> action) throws InterruptedException {
    return Requests.answer(name, request(action));
  }
}
