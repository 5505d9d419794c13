package hospes.host.guest;

import hospes.engine.EngineSettings;
import hospes.engine.RegionLibrary;
import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.engine.TranslationThread;
import hospes.host.journal.Replay;
import hospes.host.memory.HostMemory;
import hospes.host.memory.HostStats;
import hospes.host.ports.GuestConsole;
import hospes.host.schedule.HostTime;
import hospes.host.schedule.Scheduler;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.RecordReader;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The host: owns guests, their memory and the time they get.
///
/// ```java
/// try (var host = Host.open();
///     var guest = host.start(plan, Treatment.named("w"))) {
///   guest.console().expect("~ #");
///   var twin = guest.fork();
///   guest.console().send("poweroff -f\n");
///   guest.await();
/// }
/// ```
///
/// Any thread may use it. Closing it ends all its guests.
public final class Host implements GuestHome, AutoCloseable {
  private final HostTime time;
  private final Scheduler scheduler;
  private final RegionLibrary library = new RegionLibrary();
  private final HostMemory memory;
  private final NameClaims claims;

  /// By name; a name is taken, without a guest yet, while its machine is built.
  private final Map<String, Optional<Guest>> guests = new LinkedHashMap<>();

  private boolean closed;

  Host(HostSettings settings, HostTime time) {
    this(settings, time, NameClaims.none());
  }

  private Host(HostSettings settings, HostTime time, NameClaims claims) {
    this.time = time;
    this.claims = claims;
    memory = new HostMemory(settings.memory());
    scheduler = new Scheduler(settings.cpus(), time);
  }

  /// A host that uses every processor.
  public static Host open() {
    return open(HostSettings.defaults());
  }

  /// A host.
  public static Host open(HostSettings settings) {
    return new Host(settings, HostTime.WALL);
  }

  /// A host whose guests have names that nobody else has.
  public static Host open(HostSettings settings, NameClaims claims) {
    return new Host(settings, HostTime.WALL, claims);
  }

  /// Builds a guest and lets it run.
  ///
  /// @throws HostException where it cannot be built
  public Guest start(Plan plan, Treatment treatment) {
    return start(atPowerOn(plan, treatment), treatment);
  }

  /// Builds a guest that waits for [Guest#start].
  ///
  /// @throws HostException where it cannot be built
  public Guest create(Plan plan, Treatment treatment) {
    return create(atPowerOn(plan, treatment), treatment);
  }

  private static Starter atPowerOn(Plan plan, Treatment treatment) {
    return supplies ->
        GuestMachine.atPowerOn(
            plan, supplies, Identities.atPowerOn(supplies.name(), treatment.policy().clock()));
  }

  /// A guest from where `starter` brings it, running.
  ///
  /// @throws HostException where it cannot be built
  public Guest start(Starter starter, Treatment treatment) {
    return build(starter, treatment, GuestState.RUNNING);
  }

  /// A guest from where `starter` brings it, which waits for [Guest#start].
  ///
  /// @throws HostException where it cannot be built
  public Guest create(Starter starter, Treatment treatment) {
    return build(starter, treatment, GuestState.CREATED);
  }

  private Guest build(Starter starter, Treatment treatment, GuestState first) {
    String name = reserve(treatment.name());
    Guest guest;
    try {
      guest = assemble(name, treatment, starter);
    } catch (RuntimeException | Error failure) {
      release(name);
      throw failure;
    }
    guest.enter(first);
    return guest;
  }

  private Guest assemble(String name, Treatment treatment, Starter starter) {
    GuestConsole console = new GuestConsole(name, treatment.console());
    EngineSettings engine =
        treatment
            .engine()
            .orElseGet(() -> EngineSettings.auto(TranslationThread.shared(), library));
    Supplies supplies = new Supplies(name, console.writer(), engine, memory.pool());
    return new Guest(this, name, treatment, console, starter.start(supplies));
  }

  /// A guest from a snapshot, running, with the name that it had where that is free.
  ///
  /// @throws HostException where the file cannot be used
  public Guest restore(Path file) {
    return restore(file, RestoreOptions.defaults());
  }

  /// A guest from a snapshot. The file is read while the guest runs: it may be replaced or removed,
  /// but not be written over. Where a page turns out to be damaged, the guest ends and says so.
  ///
  /// @throws HostException where the file cannot be used; caused by a [SnapshotFileException] where
  /// that is for what the file holds
  public Guest restore(Path file, RestoreOptions options) {
    return restore(file, options, guest -> {});
  }

  private Guest restore(Path file, RestoreOptions options, Consumer<Guest> before) {
    try {
      SnapshotFile snapshot = SnapshotFile.open(file);
      try {
        return restore(snapshot, options, before);
      } catch (SnapshotFileException | RuntimeException | Error failure) {
        snapshot.close();
        throw failure;
      }
    } catch (SnapshotFileException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    } catch (SnapshotException e) {
      throw new HostException("snapshot %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// A guest that does again what a journal says, from the snapshot at which it starts: it says
  /// what it said, and ends with [Outcome.Ending.Replayed], or as it ended, or, where something is
  /// not as it was, with [Outcome.Ending.Diverged]. Nothing is asked of the outside again. Its
  /// forks go on by themselves.
  ///
  /// @throws HostException where the journal or its snapshot cannot be used
  public Guest replay(Path journal, ReplayOptions options) {
    JournalStart start = JournalStart.open(journal, options.from());
    boolean done = false;
    try {
      Guest guest =
          restore(
              start.snapshot(),
              options.guest().same(),
              restored -> {
                restored.requireRecordedOn(start.reader().header());
                restored.listen(event -> closeAtEnd(event, start));
                restored.replay(
                    new Replay(
                        start.reader(), restored.disks(), options.until(), options.verification()));
              });
      done = true;
      return guest;
    } finally {
      if (!done) {
        start.close();
      }
    }
  }

  private static void closeAtEnd(GuestEvent event, JournalStart start) {
    if (event instanceof GuestEvent.Ended) {
      start.close();
    }
  }

  private Guest restore(SnapshotFile file, RestoreOptions options, Consumer<Guest> before)
      throws SnapshotFileException {
    Snapshot state = SavedPlans.state(file);
    int version = GuestRecord.versionIn(state);
    RecordReader in = state.reader(Guest.RECORD, version);
    GuestRecord saved = GuestRecord.restore(in, version);
    Treatment treatment =
        new Treatment(
            options.name().orElse(new GuestName(saved.name(), GuestName.Origin.DERIVED)),
            saved.label(),
            saved.policy(),
            saved.share(),
            options.console(),
            options.engine());
    String name = reserve(treatment.name());
    Guest guest;
    try {
      guest =
          assemble(
              name,
              treatment,
              supplies ->
                  GuestMachine.restored(file, state, supplies, options.identity(), () -> {}));
    } catch (RuntimeException | Error failure) {
      release(name);
      throw failure;
    }
    try {
      guest.restoreRunner(in);
      before.accept(guest);
    } catch (RuntimeException | Error failure) {
      guest.abandon();
      throw failure;
    }
    guest.enter(options.state());
    return guest;
  }

  /// Forks that did not enter yet; on the parent's thread.
  @Override
  public List<Guest> fork(Guest parent, int count, IdentityChoice identity) {
    List<Guest> forks = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        forks.add(fork(parent, identity));
      }
      return forks;
    } catch (RuntimeException | Error failure) {
      forks.forEach(Guest::abandon);
      throw failure;
    }
  }

  private Guest fork(Guest parent, IdentityChoice identity) {
    // Named after the first of the family, or names of forks of forks would grow.
    GuestName stem = new GuestName(parent.treatment().name().text(), GuestName.Origin.DERIVED);
    String name = reserve(stem);
    Treatment treatment =
        new Treatment(
            stem,
            parent.treatment().label(),
            parent.treatment().policy(),
            parent.treatment().share(),
            Optional.empty(),
            parent.treatment().engine());
    try {
      Guest fork = assemble(name, treatment, supplies -> parent.forkMachine(supplies, identity));
      switch (identity) {
        case OWN -> {}
        case SAME -> fork.repeat(parent);
      }
      return fork;
    } catch (RuntimeException | Error failure) {
      release(name);
      throw failure;
    }
  }

  private synchronized String reserve(GuestName wanted) {
    if (closed) {
      throw new HostException("the host is closed");
    }
    String name = wanted.text();
    switch (wanted.origin()) {
      case CHOSEN -> {
        if (isTaken(name)) {
          throw new NameTakenException(name);
        }
      }
      case DERIVED -> {
        for (int number = 1; isTaken(name); number++) {
          name = wanted.text() + "-" + number;
        }
      }
    }
    guests.put(name, Optional.empty());
    return name;
  }

  /// Where it is free, it is claimed then.
  private boolean isTaken(String name) {
    return guests.containsKey(name) || !claims.claim(name);
  }

  @Override
  public synchronized void adopt(Guest guest) {
    guests.put(guest.name(), Optional.of(guest));
    notifyAll();
  }

  private synchronized void release(String name) {
    guests.remove(name);
    claims.release(name);
    notifyAll();
  }

  @Override
  public void forget(Guest guest) {
    memory.remove(guest.tenancy());
    release(guest.name());
  }

  /// All guests that were not closed, the oldest first.
  public synchronized List<Guest> guests() {
    return guests.values().stream().flatMap(Optional::stream).toList();
  }

  /// The guest of this name, if there is one.
  public synchronized Optional<Guest> guest(String name) {
    return guests.getOrDefault(name, Optional.empty());
  }

  @Override
  public HostTime time() {
    return time;
  }

  @Override
  public HostMemory memory() {
    return memory;
  }

  /// What the guests use together.
  public HostStats stats() {
    return memory.stats();
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  /// Ends all guests, and gives back what they hold.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (List<Guest> left = built(); !left.isEmpty(); left = built()) {
      left.forEach(Guest::close);
    }
    memory.close();
    scheduler.close();
  }

  /// The guests that are there, once there is one; none where none is being built either, so that
  /// nobody will touch memory any more.
  private synchronized List<Guest> built() {
    boolean interrupted = false;
    while (!guests.isEmpty() && guests().isEmpty()) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return guests();
  }
}
