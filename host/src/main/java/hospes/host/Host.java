package hospes.host;

import hospes.engine.EngineSettings;
import hospes.engine.RegionLibrary;
import hospes.machine.RecordReader;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.memory.FramePool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The host: owns guests, their memory and the time they get.
///
/// ```java
/// try (var host = Host.open();
///     var guest = host.start(Virt.image("debian").memory("1G"))) {
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
    memory = new HostMemory(settings);
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
  public Guest start(GuestPlan plan) {
    return build(plan, GuestState.RUNNING);
  }

  /// Builds a guest that waits for [Guest#start].
  ///
  /// @throws HostException where it cannot be built
  public Guest create(GuestPlan plan) {
    return build(plan, GuestState.CREATED);
  }

  private Guest build(GuestPlan plan, GuestState first) {
    GuestSettings settings = plan.settings();
    String name = reserve(settings.name());
    Guest guest;
    try {
      guest = assemble(name, settings, plan.machines());
    } catch (RuntimeException | Error failure) {
      release(name);
      throw failure;
    }
    guest.enter(first);
    return guest;
  }

  private Guest assemble(String name, GuestSettings settings, MachineFactory machines) {
    GuestConsole console = new GuestConsole(name, settings.console());
    return new Guest(this, name, settings, console, machines.create(wiring(console)));
  }

  private MachineWiring wiring(GuestConsole console) {
    return new MachineWiring(
        console.writer(), EngineSettings.auto(TranslationThread.shared(), library), pool());
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
    try {
      SnapshotFile snapshot = SnapshotFile.open(file);
      try {
        return restore(snapshot, options);
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

  private Guest restore(SnapshotFile file, RestoreOptions options) throws SnapshotFileException {
    Board board = Board.of(file);
    Snapshot state = file.records(record -> !BootFiles.isRecord(record));
    int version = GuestRecord.versionIn(state);
    RecordReader in = state.reader(Guest.RECORD, version);
    GuestRecord saved = GuestRecord.restore(in, version);
    GuestSettings settings =
        new GuestSettings(
            options.name().orElse(new GuestName(saved.name(), GuestName.Origin.DERIVED)),
            saved.label(),
            saved.policy(),
            saved.share(),
            options.console());
    String name = reserve(settings.name());
    Guest guest;
    try {
      guest = assemble(name, settings, wiring -> board.restore(file, state, options, wiring));
    } catch (RuntimeException | Error failure) {
      release(name);
      throw failure;
    }
    try {
      guest.restoreRunner(in);
    } catch (RuntimeException | Error failure) {
      guest.abandon();
      throw failure;
    }
    guest.enter(options.state());
    return guest;
  }

  /// Forks that did not enter yet; on the parent's thread.
  List<Guest> fork(Guest parent, int count, ForkIdentity identity) {
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

  private Guest fork(Guest parent, ForkIdentity identity) {
    // Named after the first of the family, or names of forks of forks would grow.
    GuestName stem = new GuestName(parent.settings().name().text(), GuestName.Origin.DERIVED);
    String name = reserve(stem);
    GuestSettings settings =
        new GuestSettings(
            stem,
            parent.settings().label(),
            parent.settings().policy(),
            parent.settings().share(),
            Optional.empty());
    try {
      Guest fork = assemble(name, settings, wiring -> parent.forkMachine(wiring, identity));
      switch (identity) {
        case OWN_ENTROPY -> {}
        case SAME_ENTROPY -> fork.repeat(parent);
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

  synchronized void adopt(Guest guest) {
    guests.put(guest.name(), Optional.of(guest));
    notifyAll();
  }

  private synchronized void release(String name) {
    guests.remove(name);
    claims.release(name);
    notifyAll();
  }

  void forget(Guest guest) {
    memory.remove(guest);
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

  HostTime time() {
    return time;
  }

  /// The memory of all guests.
  FramePool pool() {
    return memory.pool();
  }

  HostMemory memory() {
    return memory;
  }

  /// What the guests use together.
  public HostStats stats() {
    return memory.stats();
  }

  Scheduler scheduler() {
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
