package hospes.host;

import hospes.host.Outcome.Ending;
import hospes.machine.Machine;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.StateRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  private final Host host;
  private final String name;
  private final Instant started = Instant.now();
  private final GuestMachine machine;
  private final GuestConsole console;
  private final Requests requests = new Requests();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<Consumer<GuestEvent>> listeners = new CopyOnWriteArrayList<>();
  private final GuestSaving saving = new GuestSaving(this);
  private volatile GuestSettings settings;
  private GuestRunner runner;
  private volatile GuestState state = GuestState.CREATED;
  private volatile Optional<String> haltReason = Optional.empty();
  private volatile @Nullable Task task;
  private volatile boolean keepsDrives;
  private long cpuNanoseconds;
  private boolean closed;

  Guest(
      Host host, String name, GuestSettings settings, GuestConsole console, GuestMachine machine) {
    this.host = host;
    this.name = name;
    this.settings = settings;
    this.console = console;
    this.machine = machine;
    runner = newRunner();
  }

  private GuestRunner newRunner() {
    return GuestRunner.of(machine, console, settings.policy(), host.time());
  }

  /// Puts the guest into the scheduler's hands, in the state that it begins with.
  void enter(GuestState first) {
    state = first;
    runner.begin();
    runner.pause();
    Task entered;
    try {
      entered = host.scheduler().add(this::run, settings.share());
    } catch (IllegalStateException hostClosed) {
      abandon();
      throw new HostException("the host is closed", hostClosed);
    }
    task = entered;
    host.memory().add(new GuestMemory(this, machine, host.scheduler(), entered));
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
            case RUNNING -> timed(nanoseconds);
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

  private Turn timed(long nanoseconds) {
    long start = host.time().nanoseconds();
    try {
      Turn turn = runner.run(nanoseconds, requests::pending);
      runner.takeHalt().ifPresent(reason -> host.memory().lacks(this, reason));
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
    requests.ownerLeaves();
    tell(new GuestEvent.Ended(ended));
    outcome.complete(ended);
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

  /// Where it runs.
  public Host host() {
    return host;
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
  public GuestSettings settings() {
    return settings;
  }

  /// When the guest came into being, in this host.
  public Instant started() {
    return started;
  }

  /// What the guest's machine is.
  public MachineDescription description() {
    return machine.description();
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
          settings = settings.with(share);
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
          host.memory().of(this).limit(bytes);
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
          machine.powerCycle();
          runner = newRunner();
          runner.begin();
          runner.pause();
          tell(new GuestEvent.PowerCycled());
          return true;
        });
  }

  /// Ends the guest at once, where it has not ended, and waits until it has.
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
    return fork(count, ForkIdentity.OWN_ENTROPY);
  }

  /// `count` forks of the same moment, as by [#fork()].
  public List<Guest> fork(int count, ForkIdentity identity) throws InterruptedException {
    return ask(
        () -> {
          need("be forked", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          List<Guest> forks = host.fork(this, count, identity);
          forks.forEach(fork -> fork.enter(state));
          return forks;
        });
  }

  /// The machine's fork, for a new guest; on the owner's thread.
  GuestMachine forkMachine(MachineWiring wiring, ForkIdentity identity) {
    return machine.fork(wiring, identity);
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
  FrozenMachine freeze() {
    need("be saved", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    FrozenMachine now = machine.freeze();
    List<StateRecord> records = new ArrayList<>(List.of(toRecord()));
    records.addAll(now.records());
    return new FrozenMachine(records, now.drives(), now.memory(), now.release());
  }

  private StateRecord toRecord() {
    RecordWriter out = new RecordWriter();
    GuestRecord.of(settings).save(out);
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

  /// What the guest used so far.
  public GuestStats stats() throws InterruptedException {
    return ask(() -> GuestStats.of(state, machine, Duration.ofNanos(cpuNanoseconds), closed));
  }

  /// Looks at the machine between two of its instructions. It must not be kept, run or changed.
  ///
  /// @throws HostException where the guest is closed
  public <T> T look(Function<Machine, T> question) throws InterruptedException {
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

  private <T> T ask(Callable<T> action) throws InterruptedException {
    return Requests.answer(name, request(action));
  }
}
