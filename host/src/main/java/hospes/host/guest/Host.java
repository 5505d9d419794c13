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
import java.util.List;
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
public final class Host implements AutoCloseable {
  private final HostTime time;
  private final Scheduler scheduler;
  private final RegionLibrary library = new RegionLibrary();
  private final HostMemory memory;
  private final GuestRegistry guests;
  private final GuestHome home = new Home();

  Host(HostSettings settings, HostTime time) {
    this(settings, time, NameClaims.none());
  }

  private Host(HostSettings settings, HostTime time, NameClaims claims) {
    this.time = time;
    guests = new GuestRegistry(claims);
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
    return supplies -> GuestMachine.atPowerOn(plan, supplies, treatment.policy().clock());
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
    Guest guest = assemble(treatment, starter);
    guest.enter(first);
    return guest;
  }

  /// A guest that did not enter yet.
  private Guest assemble(Treatment treatment, Starter starter) {
    String name = guests.reserve(treatment.name());
    try {
      GuestConsole console = new GuestConsole(name, treatment.console());
      EngineSettings engine =
          treatment
              .engine()
              .orElseGet(() -> EngineSettings.auto(TranslationThread.shared(), library));
      Supplies supplies = new Supplies(name, console.writer(), engine, memory.pool());
      return new Guest(home, name, treatment, console, starter.start(supplies));
    } catch (RuntimeException | Error failure) {
      guests.release(name);
      throw failure;
    }
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
                start.requireMachine(restored.machine().plan());
                restored.listen(event -> closeAtEnd(event, start));
                restored
                    .run()
                    .replay(
                        new Replay(
                            start.reader(),
                            restored.machine().disks(),
                            options.until(),
                            options.verification()));
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
    SavedPlans.kind(file); // before anything is read that another Hospes writes otherwise
    Snapshot state = SavedPlans.state(file);
    int version = GuestRecord.versionIn(state);
    RecordReader in = state.reader(GuestRecord.NAME, version);
    GuestRecord saved = GuestRecord.restore(in, version);
    Treatment treatment =
        new Treatment(
            options.name().orElse(new GuestName(saved.name(), GuestName.Origin.DERIVED)),
            saved.label(),
            saved.policy(),
            saved.share(),
            options.console(),
            options.engine());
    Guest guest =
        assemble(
            treatment,
            supplies ->
                GuestMachine.restored(
                    file, state, supplies, saved.policy().clock(), options.identity(), () -> {}));
    try {
      guest.run().restore(in);
      before.accept(guest);
    } catch (RuntimeException | Error failure) {
      guest.abandon();
      throw failure;
    }
    guest.enter(options.state());
    return guest;
  }

  private List<Guest> fork(Guest parent, int count, IdentityChoice identity) {
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
    Treatment treatment =
        new Treatment(
            stem,
            parent.treatment().label(),
            parent.treatment().policy(),
            parent.treatment().share(),
            Optional.empty(),
            parent.treatment().engine());
    Guest fork = assemble(treatment, supplies -> parent.machine().fork(supplies, identity));
    try {
      switch (identity) {
        case OWN -> {}
        case SAME -> fork.run().repeat(parent.run());
      }
      return fork;
    } catch (RuntimeException | Error failure) {
      fork.abandon();
      throw failure;
    }
  }

  /// All guests that were not closed, the oldest first.
  public List<Guest> guests() {
    return guests.guests();
  }

  /// The guest of this name, if there is one.
  public Optional<Guest> guest(String name) {
    return guests.guest(name);
  }

  /// The memory of all guests.
  public HostMemory memory() {
    return memory;
  }

  /// What the guests use together.
  public HostStats stats() {
    return memory.stats();
  }

  /// Ends all guests, and gives back what they hold.
  @Override
  public void close() {
    guests.close();
    for (List<Guest> left = guests.built(); !left.isEmpty(); left = guests.built()) {
      left.forEach(Guest::close);
    }
    memory.close();
    scheduler.close();
  }

  /// What its guests have of it.
  private final class Home implements GuestHome {
    @Override
    public HostTime time() {
      return time;
    }

    @Override
    public Scheduler scheduler() {
      return scheduler;
    }

    @Override
    public HostMemory memory() {
      return memory;
    }

    @Override
    public void adopt(Guest guest) {
      guests.add(guest);
    }

    @Override
    public void forget(Guest guest) {
      memory.remove(guest.tenancy());
      guests.release(guest.name());
    }

    @Override
    public List<Guest> fork(Guest parent, int count, IdentityChoice choice) {
      return Host.this.fork(parent, count, choice);
    }
  }
}
