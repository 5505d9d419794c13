package hospes.host;

import hospes.boards.BoardException;
import hospes.boards.Identity;
import hospes.boards.VirtMachine;
import hospes.boards.VirtSpec;
import hospes.boards.Wiring;
import hospes.engine.EngineSettings;
import hospes.formats.snapshot.DriveReference;
import hospes.machine.Machine;
import hospes.machine.Message;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.memory.FrameTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// A `virt` machine in the hands of the host.
final class VirtGuest implements GuestMachine {
  /// What a machine is made from.
  ///
  /// @param plan what to build
  /// @param builder builds it
  /// @param engine how code is executed; empty: as the host does it
  record Make(VirtPlan plan, BoardBuilder builder, Optional<EngineSettings> engine) {}

  private static final String BOARD = Board.VIRT.text();
  private static final String RECORD = "virt.plan";
  private static final int RECORD_VERSION = 2;

  /// The record of the source behind the guest's random numbers.
  private static final String ENTROPY = "entropy";

  private final Make make;
  private final MachineWiring wiring;
  private final Drives drives;
  private Machine machine;
  private boolean settling;

  private VirtGuest(
      Make make, MachineWiring wiring, Drives drives, Function<VirtGuest, Machine> machines) {
    this.make = make;
    this.wiring = wiring;
    this.drives = drives;
    make.plan().files().retain();
    try {
      machine = machines.apply(this);
    } catch (BoardException cannotBuild) {
      leave();
      throw new HostException(String.valueOf(cannotBuild.getMessage()), cannotBuild);
    } catch (RuntimeException | Error failure) {
      leave();
      throw failure;
    }
  }

  private void leave() {
    drives.close();
    make.plan().files().release();
  }

  /// A machine at power-on.
  static VirtGuest create(Make make, MachineWiring wiring) {
    return new VirtGuest(make, wiring, Drives.open(make.plan().drives()), VirtGuest::build);
  }

  /// A machine from a snapshot. Its memory is read when it is needed, so the file is the machine's
  /// from now on.
  ///
  /// @param state the file's records
  /// @param onDamage what to do where a page of it turns out to be damaged, besides ending the
  // guest
  /// @throws SnapshotException where a record is missing or damaged
  /// @throws HostException where the file is of another machine, the machine cannot be built, or
  /// its drives are others
  static VirtGuest restore(
      SnapshotFile file,
      Snapshot state,
      RestoreOptions options,
      MachineWiring wiring,
      Runnable onDamage) {
    VirtPlan plan;
    List<DriveReference> then;
    try {
      file.requireMachine(BOARD, file.header().memoryBytes(), file.header().harts());
      plan = VirtPlan.restore(state.reader(RECORD, RECORD_VERSION), file);
      file.requireMachine(BOARD, plan.memoryBytes(), plan.harts());
      then = file.drives();
    } catch (SnapshotFileException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
    Drives drives = Drives.restore(plan.drives(), then);
    VirtGuest restored =
        new VirtGuest(
            new Make(plan, VirtMachine::new, options.engine()),
            wiring,
            drives,
            guest ->
                VirtMachine.restored(
                    plan.specOfRunning(
                        guest.drives.stores(), guest.wiring.console(), guest.engine()),
                    guest.wiring.pool(),
                    state,
                    memory -> SnapshotPages.fill(memory, file, onDamage),
                    guest::spec));
    switch (options.identity()) {
      case SAME -> {}
      case FRESH -> restored.begin();
    }
    return restored;
  }

  /// Tells a restored machine that it is one of its own, and what time it is.
  private void begin() {
    machine.inbox().post(new Message.TimeOfDay(VirtPlan.now()));
    machine.inbox().post(new Message.NewIdentity(VirtPlan.freshSeed()));
    // Takes delivery, so that no message waits in a guest that is paused.
    machine.run(0);
    settling = true;
  }

  @Override
  public boolean isSettling() {
    return settling;
  }

  private VirtGuest continuing(Snapshot snapshot) {
    try {
      machine.restore(snapshot);
      return this;
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  private Machine build() {
    return make.builder().build(spec(), wiring.pool());
  }

  private VirtSpec spec() {
    return make.plan().spec(drives.stores(), wiring.console(), engine());
  }

  private EngineSettings engine() {
    return make.engine().orElse(wiring.engine());
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public Map<String, IOException> driveFailures() {
    return drives.failures();
  }

  @Override
  public MachineDescription description() {
    return new MachineDescription(
        BOARD, make.plan().harts(), make.plan().memoryBytes(), drives.names());
  }

  @Override
  public long residentBytes() {
    return machine instanceof VirtMachine board ? board.residentBytes() : 0;
  }

  @Override
  public long ownBytes() {
    return machine instanceof VirtMachine board ? board.memory().ownBytes() : 0;
  }

  @Override
  public OptionalInt balloonPages() {
    return machine instanceof VirtMachine board ? board.balloonPages() : OptionalInt.empty();
  }

  @Override
  public Optional<FrameTable> memory() {
    return machine instanceof VirtMachine board ? Optional.of(board.memory()) : Optional.empty();
  }

  @Override
  public GuestMachine fork(MachineWiring forkWiring, ForkIdentity identity) {
    return machine instanceof VirtMachine board
        ? new VirtGuest(make, forkWiring, drives.fork(), fork -> fork.machineLike(board, identity))
        : copy(forkWiring, identity);
  }

  /// A fork of another guest's machine, which shares its memory.
  private Machine machineLike(VirtMachine parent, ForkIdentity identity) {
    VirtMachine fork =
        parent.fork(
            new Wiring(wiring.console(), drives.stores(), engine()),
            switch (identity) {
              case SAME_ENTROPY -> new Identity.Same();
              case OWN_ENTROPY -> new Identity.Fresh(VirtPlan.freshSeed());
            });
    // Takes delivery of its identity, so that no message waits in a fork that is paused.
    fork.run(0);
    return fork;
  }

  /// A fork of a machine that can only be saved and restored.
  private GuestMachine copy(MachineWiring forkWiring, ForkIdentity identity) {
    Snapshot state = new Snapshot();
    machine.save(
        stateRecord ->
            state.add(
                switch (identity) {
                  case SAME_ENTROPY -> stateRecord;
                  case OWN_ENTROPY ->
                      stateRecord.name().equals(ENTROPY)
                          ? VirtPlan.freshEntropy().toRecord()
                          : stateRecord;
                }));
    return new VirtGuest(make, forkWiring, drives.fork(), VirtGuest::build).continuing(state);
  }

  @Override
  public FrozenMachine freeze() {
    if (!(machine instanceof VirtMachine board)) {
      throw new HostException("a machine of another make than this host's cannot be saved");
    }
    BootFiles files;
    try {
      files = make.plan().files().load();
    } catch (BoardException lost) {
      throw new HostException(String.valueOf(lost.getMessage()), lost);
    }
    List<StateRecord> records = new ArrayList<>();
    RecordWriter out = new RecordWriter();
    make.plan().save(out);
    records.add(new StateRecord(RECORD, RECORD_VERSION, out.toByteArray()));
    files.save(records::add);
    board.saveAllButMemory(records::add);
    FrozenMemory memory = new FrozenMemory(board.memory());
    try {
      return new FrozenMachine(records, drives.save(), memory, memory::close);
    } catch (RuntimeException | Error failure) {
      memory.close();
      throw failure;
    }
  }

  @Override
  public List<Path> ownDrives() {
    return drives.ownFiles();
  }

  @Override
  public void keepDrives() {
    drives.keep();
  }

  @Override
  public void powerCycle() {
    Machine next;
    try {
      next = build();
    } catch (BoardException cannotBuild) {
      throw new HostException(String.valueOf(cannotBuild.getMessage()), cannotBuild);
    }
    machine.close();
    machine = next;
    settling = false;
  }

  @Override
  public void close() {
    machine.close();
    leave();
  }
}
