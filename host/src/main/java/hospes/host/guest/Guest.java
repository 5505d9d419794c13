package hospes.host.guest;

import hospes.guests.HostedMachine;
import hospes.host.HostException;
import hospes.host.journal.JournalFile;
import hospes.host.journal.Recording;
import hospes.host.memory.HostStats;
import hospes.host.memory.MemoryShortage;
import hospes.host.ports.GuestConsole;
import hospes.host.schedule.CpuShare;
import hospes.host.schedule.Task;
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
  private final GuestHome host;
  private final String name;
  private final Instant started = Instant.now();
  private final GuestMachine machine;
  private final GuestConsole console;
  private final Requests requests = new Requests();
  private final GuestSaving saving = new GuestSaving(this);
  private final GuestRun run;
  private final GuestTenancy tenancy;
  private final GuestRecording recording;
  private volatile Treatment treatment;
  private volatile @Nullable Task task;
  private volatile boolean keepsDrives;
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
    run = new GuestRun(host, this, machine, console, requests, treatment.policy());
  }

  /// Puts the guest into the scheduler's hands, in the state that it begins with.
  void enter(GuestState first) {
    run.enter(first);
    Task entered;
    try {
      entered = host.scheduler().add(run::slice, treatment.share());
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

  /// The guest's name, unique in its host.
  public String name() {
    return name;
  }

  /// The state now; it may be another one a moment later.
  public GuestState state() {
    return run.state();
  }

  /// Why the host paused the guest, in one sentence; empty where it did not. It goes on by itself
  /// when that is over, and [#resume] tries before. [#pause] makes it a pause like others.
  public Optional<String> haltReason() {
    return run.shortage().map(MemoryShortage::reason);
  }

  /// What the host has not enough of to go on with the guest, where [#haltReason] tells it.
  public Optional<MemoryShortage> shortage() {
    return run.shortage();
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
    return run.outcome();
  }

  /// Waits for the end of the run.
  public Outcome await() throws InterruptedException {
    return await(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow();
  }

  /// Waits for the end of the run, but not longer than `patience`.
  public Optional<Outcome> await(Duration patience) throws InterruptedException {
    return run.await(patience);
  }

  /// Tells `listener` what happens from now on, on the guest's thread: it must not wait, and not
  /// ask anything of this guest.
  public void listen(Consumer<GuestEvent> listener) {
    run.listen(listener);
  }

  /// Starts a guest that was only created.
  ///
  /// @throws GuestStateException where it was started already
  public void start() throws InterruptedException {
    ask(run::start);
  }

  /// Stops the guest's time until [#resume].
  ///
  /// @throws GuestStateException where it is not running
  public void pause() throws InterruptedException {
    ask(run::pause);
  }

  /// Lets a paused guest go on.
  ///
  /// @throws GuestStateException where it is not paused
  public void resume() throws InterruptedException {
    ask(run::resume);
  }

  /// Presses the power button. What follows is the guest's decision; [#await] waits for it.
  ///
  /// @throws GuestStateException where it is not running
  public void stop() throws InterruptedException {
    ask(
        () -> {
          requireNoReplay("its button cannot be pressed");
          return run.pressPowerButton();
        });
  }

  /// Gives the guest another claim to the processors from now on.
  ///
  /// @throws GuestStateException where it has ended
  public void update(CpuShare share) throws InterruptedException {
    ask(
        () -> {
          run.need(
              "be treated otherwise", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
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
          run.need("be asked for memory", GuestState.RUNNING);
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
          requireNoReplay("it cannot be reset");
          return run.reset();
        });
  }

  /// Ends the guest at once, and waits until it has ended. One that has ended already stays as it
  /// is.
  public void kill() throws InterruptedException {
    askToEnd();
    await();
  }

  private void askToEnd() {
    request(run::stop);
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
          run.need("be forked", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          List<Guest> forks = host.fork(this, count, identity);
          forks.forEach(fork -> fork.enter(run.state()));
          return forks;
        });
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
    run.need("be saved", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    GuestSaving.Moment moment = freezeUnheld();
    return moment.heldBy(recording.hold());
  }

  private GuestSaving.Moment freezeUnheld() {
    return new GuestSaving.Moment(
        run.toRecord(), machine.freeze(), machine.machine().instructions(), Optional.empty());
  }

  /// Begins to record, and gives everything at this moment too; on the owner's thread.
  <T> T beginRecording(JournalFile file, BiFunction<Recording, GuestSaving.Moment, T> both) {
    run.need("be recorded", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
    requireNoReplay("it is recorded already");
    recording.requireNone();
    GuestSaving.Moment moment = freezeUnheld();
    return both.apply(recording.begin(file), moment);
  }

  GuestRecording recording() {
    return recording;
  }

  GuestRun run() {
    return run;
  }

  GuestMachine machine() {
    return machine;
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
          run.need("be looked at", GuestState.CREATED, GuestState.RUNNING, GuestState.PAUSED);
          recording.checkpoint();
          return true;
        });
  }

  void tellRecordingFailed(String why) {
    run.tell(new GuestEvent.RecordingFailed(why));
  }

  private void requireNoReplay(String why) {
    if (isReplay()) {
      throw new HostException(
          "guest %s does what was recorded: %s; a fork of it is free".formatted(name, why));
    }
  }

  /// Whether it does what a journal says, and nothing else.
  boolean isReplay() {
    return run.isReplay();
  }

  /// How many states of a replay were compared with recorded ones, and found to be equal.
  public long statesCompared() throws InterruptedException {
    return ask(run::statesCompared);
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
    return ask(() -> GuestStats.of(run.state(), machine, tenancy.pages(), run.cpuTime(), closed));
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
    run.join();
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
