package hospes.host;

import hospes.engine.EngineSettings;
import hospes.formats.snapshot.PageSource;
import hospes.machine.ConsoleOutput;
import hospes.machine.Delivery;
import hospes.machine.Machine;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.memory.FramePool;
import hospes.zmachine.ZMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// A Z-machine in the hands of the host. A story has so little memory that it is part of the
/// machine's records, and that a fork is a machine that is saved and restored.
final class StoryGuest implements GuestMachine {
  /// What a machine is made from.
  ///
  /// @param engine how code is executed; empty: as the host does it
  /// @param commands takes what the user types
  record Make(StoryPlan plan, Optional<EngineSettings> engine, Consumer<String> commands) {
    /// The same for a guest whose user nobody records.
    Make unrecorded() {
      return new Make(plan, engine, command -> {});
    }
  }

  private static final Board BOARD = Board.Z_MACHINE;

  private final Make make;
  private final MachineWiring wiring;
  private final Door console;
  private ZMachine machine;

  private StoryGuest(Make make, MachineWiring wiring) {
    this.make = make;
    this.wiring = wiring;
    console = new Door(wiring.console());
    machine = build();
  }

  /// A machine at the beginning of its story.
  static StoryGuest create(Make make, MachineWiring wiring) {
    return new StoryGuest(make, wiring).withOpenDoor();
  }

  /// A machine from a snapshot, whose file is closed then.
  ///
  /// @param state the file's records
  /// @throws hospes.machine.SnapshotException where a record is missing or damaged
  /// @throws HostException where the file is of another machine
  static StoryGuest restore(
      SnapshotFile file, Snapshot state, RestoreOptions options, MachineWiring wiring) {
    Make make = new Make(StoryPlan.restore(state), options.engine(), command -> {});
    StoryGuest restored = new StoryGuest(make, wiring).continuing(state);
    try {
      file.requireMachine(BOARD.text(), restored.machine.memory().size(), 1);
    } catch (SnapshotFileException e) {
      restored.close();
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
    switch (options.identity()) {
      case SAME -> {}
      case FRESH -> restored.begin();
    }
    file.close();
    return restored;
  }

  private ZMachine build() {
    return new ZMachine(
        make.plan().spec(console, make.commands(), make.engine().orElse(wiring.engine())),
        wiring.pool());
  }

  private StoryGuest continuing(Snapshot state) {
    try {
      machine.restore(state);
      return withOpenDoor();
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  private StoryGuest withOpenDoor() {
    console.open();
    return this;
  }

  /// Gives a machine random numbers of its own.
  private void begin() {
    machine.inbox().post(Delivery.identity(VirtPlan.freshSeed()));
    // Takes delivery, so that no message waits in a guest that is paused.
    machine.run(0);
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public MachineDescription description() {
    return new MachineDescription(
        BOARD.text(), 1, machine.memory().size(), List.of(), make.plan().consoleStyle());
  }

  @Override
  public long residentBytes() {
    return machine.memory().residentBytes();
  }

  @Override
  public long ownBytes() {
    return machine.memory().ownBytes();
  }

  /// A story whose input has ended has been played.
  @Override
  public Outcome.Ending endWithoutInput() {
    return new Outcome.Ending.PoweredOff(0);
  }

  @Override
  public GuestMachine fork(MachineWiring forkWiring, ForkIdentity identity) {
    StoryGuest fork =
        new StoryGuest(make.unrecorded(), forkWiring).continuing(Snapshot.of(machine));
    switch (identity) {
      case SAME_ENTROPY -> {}
      case OWN_ENTROPY -> fork.begin();
    }
    return fork;
  }

  @Override
  public FrozenMachine freeze() {
    List<StateRecord> records = new ArrayList<>(make.plan().toRecords());
    machine.save(records::add);
    return new FrozenMachine(records, List.of(), new NoPages(), () -> {});
  }

  @Override
  public void powerCycle() {
    ZMachine next = build();
    machine.close();
    machine = next;
  }

  @Override
  public void close() {
    machine.close();
  }

  /// Memory that is all in the records.
  private record NoPages() implements PageSource {
    @Override
    public int pageSize() {
      return FramePool.FRAME_SIZE;
    }

    @Override
    public PrimitiveIterator.OfLong touchedPages() {
      return LongStream.empty().iterator();
    }

    @Override
    public void read(long page, byte[] to, int offset) {
      throw new IllegalArgumentException("there are no pages");
    }
  }

  /// Where the machine writes, shut while one is built that is to go on from another state: that
  /// its story begins is nothing to be seen.
  private static final class Door implements ConsoleOutput {
    private final ConsoleOutput behind;
    private boolean isOpen;

    Door(ConsoleOutput behind) {
      this.behind = behind;
    }

    void open() {
      isOpen = true;
    }

    @Override
    public void write(byte value) {
      if (isOpen) {
        behind.write(value);
      }
    }
  }
}
