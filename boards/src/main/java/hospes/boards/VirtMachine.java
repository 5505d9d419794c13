package hospes.boards;

import hospes.devices.Bus;
import hospes.devices.GenerationId;
import hospes.devices.PowerControl;
import hospes.engine.CodeCache;
import hospes.engine.EngineStatistics;
import hospes.machine.Clock;
import hospes.machine.Entropy;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Message;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.DeviceAccess;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.memory.HostFaultException;
import hospes.riscv.Hart;
import hospes.riscv.RiscvCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `virt` machine: one to eight RV64GC harts on a board that software made for QEMU's `-M virt`
/// knows.
///
/// The harts run in turns on the calling thread. A turn ends after [#TURN] instructions, or when
/// the hart waits, stops or hints that it spins; so the order of everything that happens is a
/// function of the instruction count.
public final class VirtMachine implements Machine, Stateful {
  /// Where RAM begins.
  public static final long RAM_BASE = 0x8000_0000L;

  /// The timebase runs at 10 MHz.
  static final int NANOSECONDS_PER_TICK = 100;

  /// Most harts that a board has.
  public static final int MAX_HARTS = 8;

  private static final int TURN = 10_000;

  private static final StopReason TOO_LITTLE_MEMORY =
      new StopReason.HostFault(
          "the host's limit for the memory of guests is reached; stop some, or raise --host-memory",
          StopReason.Remedy.MORE_MEMORY);

  private final VirtSpec spec;
  private final Supplier<VirtSpec> bootSpec;
  private final Snapshot powerOn;
  private final FrameTable memory;
  private final CodeCache codeCache;
  private final List<Hart> harts = new ArrayList<>();
  private final TohostWatch tohost;
  private final VirtDevices devices;
  private final BoardTimers timers;
  private final Inbox inbox = new Inbox();
  private final Clock clock = new Clock();
  private final Entropy entropy;
  private long instructions;
  private int turn;
  private int turnLeft = TURN;
  private final ConsoleSwitch consoles = new ConsoleSwitch();
  private @Nullable Hart running;
  private @Nullable StopReason ending;
  private @Nullable StopReason broken;
  private long plannedTimer;

  /// A machine at power-on, with host memory of its own.
  ///
  /// @throws BoardException where it cannot be built from the specification
  public VirtMachine(VirtSpec spec) {
    this(spec, FramePool.forOnce());
  }

  /// A machine at power-on.
  ///
  /// @param pool where its memory is from
  /// @throws BoardException where it cannot be built from the specification
  public VirtMachine(VirtSpec spec, FramePool pool) {
    this(spec, pool, () -> spec, machine -> machine.boot(spec));
  }

  private VirtMachine(
      VirtSpec spec, FramePool pool, Supplier<VirtSpec> bootSpec, Consumer<VirtMachine> start) {
    spec.check();
    this.spec = spec;
    this.bootSpec = bootSpec;
    entropy = spec.entropy();
    memory = new FrameTable(pool, RAM_BASE, spec.memoryBytes());
    codeCache = RiscvCode.cache(memory, spec.engine());
    tohost = watchedTohost();
    powerOn = new Snapshot();
    devices = assemble();
    timers = new BoardTimers(devices, harts);
    devices.generation.begin(entropy.next(GenerationId.SIZE));
    harts.forEach(hart -> powerOn.add(hart.toRecord()));
    devices.table.devices().forEach(device -> powerOn.add(device.toRecord()));
    try {
      start.accept(this);
    } catch (HostFaultException fault) {
      close();
      throw new BoardException(fault.reason());
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /// A machine that goes on from what another one saved by [#saveAllButMemory].
  ///
  /// @param spec what it is built from; what is loaded at power-on is not looked at
  /// @param memory gives its RAM, which is zeros, the content that it had then
  /// @param bootSpec what a reset boots, asked for then; a [BoardException] breaks the machine
  /// @throws BoardException where it cannot be built from the specification
  /// @throws SnapshotException as [#restore(Snapshot)] does
  public static VirtMachine restored(
      VirtSpec spec,
      FramePool pool,
      Snapshot state,
      Consumer<FrameTable> memory,
      Supplier<VirtSpec> bootSpec) {
    return new VirtMachine(
        spec,
        pool,
        bootSpec,
        machine -> {
          memory.accept(machine.memory);
          machine.restoreAllButMemory(state);
        });
  }

  /// A machine in the state of another one.
  private VirtMachine(VirtMachine parent, Wiring wiring) {
    spec = parent.spec.with(wiring, Entropy.fixed(0));
    Supplier<VirtSpec> parentBoots = parent.bootSpec;
    bootSpec = () -> parentBoots.get().with(wiring, Entropy.fixed(0));
    entropy = spec.entropy();
    memory = parent.memory.fork();
    codeCache = parent.codeCache.fork(memory, spec.engine());
    tohost = watchedTohost();
    powerOn = parent.powerOn;
    bootTree = parent.bootTree;
    devices = assemble();
    timers = new BoardTimers(devices, harts);
    Iterator<StateRecord> state = parent.components().map(Stateful::toRecord).iterator();
    components().forEach(part -> part.restore(new RecordReader(state.next())));
    ending = parent.ending;
    broken = parent.broken;
  }

  private TohostWatch watchedTohost() {
    return new TohostWatch(memory, codeCache, exitCode -> end(new StopReason.PoweredOff(exitCode)));
  }

  private VirtDevices assemble() {
    Bus bus = new Bus();
    DeviceAccess watched = new WatchedBus(bus, this::ticks, this::deviceWritten);
    boolean builtIn = spec.firmware() instanceof VirtSpec.Firmware.BuiltIn;
    Sbi sbi = new Sbi(harts, memory, spec.console(), new PowerSwitch());
    for (int id = 0; id < spec.harts(); id++) {
      harts.add(new Hart(id, memory, watched, codeCache, this::ticks, builtIn ? sbi : null));
    }
    VirtDevices assembled = new VirtDevices(surroundings(spec));
    assembled.table.attachTo(bus);
    return assembled;
  }

  /// An equal machine that goes on from here beside this one. The two share memory, and translated
  /// code, as long as neither changes it. To be called while this machine does not run; what waits
  /// in its inbox stays there.
  ///
  /// @param wiring what the new machine is connected to
  /// @param identity whether it is told that it is another one
  /// @throws BoardException where it is given another number of drives than this one has
  public VirtMachine fork(Wiring wiring, Identity identity) {
    if (wiring.drives().size() != spec.drives().size()) {
      throw new BoardException(
          "a fork needs a drive for each of the guest's %d, but is given %d"
              .formatted(spec.drives().size(), wiring.drives().size()));
    }
    VirtMachine child = new VirtMachine(this, wiring);
    switch (identity) {
      case Identity.Same() -> {}
      case Identity.Fresh(byte[] seed) -> child.inbox.post(new Message.NewIdentity(seed));
    }
    return child;
  }

  /// All that has state, but for RAM, in the order in which it is saved.
  private Stream<Stateful> components() {
    return Stream.of(
            Stream.of(this, clock, entropy), harts.stream(), devices.table.devices().stream())
        .flatMap(Function.identity());
  }

  /// The device tree that a machine of this specification would be given, as a flattened blob.
  public static byte[] deviceTree(VirtSpec spec) {
    try (VirtMachine machine = new VirtMachine(spec)) {
      return machine.bootTree;
    }
  }

  private byte[] bootTree = new byte[0];

  private VirtDevices.Surroundings surroundings(VirtSpec spec) {
    return new VirtDevices.Surroundings(
        harts.stream().map(HartWires::of).toList(),
        memory,
        spec.drives(),
        consoles.uartOutput(spec.console()),
        consoles.virtioOutput(spec.console()),
        entropy,
        new PowerSwitch(),
        this::nanoseconds,
        spec.startNanoseconds());
  }

  private void boot(VirtSpec what) {
    BootSequence boot = new BootSequence(what, memory, harts, devices.table);
    bootTree = boot.run(entropy.next(BootSequence.SEED_BYTES));
    boot.tohost().ifPresent(tohost::watch);
  }

  private void end(StopReason reason) {
    if (ending == null) {
      ending = reason;
    }
    harts.forEach(Hart::yieldTurn);
  }

  /// The power switch that the guest's devices and firmware hold.
  private final class PowerSwitch implements PowerControl {
    @Override
    public void powerOff(int exitCode) {
      end(new StopReason.PoweredOff(exitCode));
    }

    @Override
    public void reset() {
      end(new StopReason.Reset());
    }
  }

  /// A write to a device may have set the time, or a timer to go off before the end of the slice
  /// that runs now: then the slice ends.
  private void deviceWritten(long ticksBefore) {
    Hart hart = running;
    if (hart != null && (ticks() != ticksBefore || instructionsAtNextTimer() < plannedTimer)) {
      hart.yieldTurn();
    }
  }

  @Override
  public StopReason run(long budget) {
    StopReason fault = broken;
    if (fault != null) {
      return fault;
    }
    try {
      deliver(); // where memory is short, too: whoever stops it then can save or fork it
      return ending == null && memory.pool().shortage() > 0 ? TOO_LITTLE_MEMORY : goOn(budget);
    } catch (HostFaultException | BoardException lost) {
      running = null;
      String why = String.valueOf(lost.getMessage());
      fault = new StopReason.HostFault(why, StopReason.Remedy.NONE);
      broken = fault;
      return fault;
    }
  }

  private void deliver() {
    if (inbox.hasMail(instructions)) {
      inbox.deliver(instructions, this::accept);
    }
  }

  private StopReason goOn(long budget) {
    long end = budget > Long.MAX_VALUE - instructions ? Long.MAX_VALUE : instructions + budget;
    while (true) {
      deliver();
      if (ending instanceof StopReason.Reset) {
        ending = null;
        reset();
        return new StopReason.Reset();
      }
      if (ending != null) {
        return ending;
      }
      timers.update();
      Hart hart = nextRunnable();
      if (hart == null) {
        return idle();
      }
      if (instructions >= end) {
        return new StopReason.BudgetSpent();
      }
      runSlice(hart, end);
    }
  }

  private void runSlice(Hart hart, long end) {
    plannedTimer = instructionsAtNextTimer();
    long until = Math.min(end, Math.min(inbox.nextScheduled(), plannedTimer));
    long slice =
        Math.max(
            1, Math.min(until - instructions, harts.size() == 1 ? Integer.MAX_VALUE : turnLeft));
    running = hart;
    int executed = hart.execute((int) Math.min(slice, Integer.MAX_VALUE));
    running = null;
    instructions += executed;
    turnLeft -= executed;
    if (harts.size() > 1 && (turnLeft <= 0 || !hart.isRunnable() || hart.hasYielded())) {
      hart.endTurn();
      turn = (turn + 1) % harts.size();
      turnLeft = TURN;
    }
  }

  /// The hart whose turn it is, or the next one in turn that can run; `null` where all wait.
  private @Nullable Hart nextRunnable() {
    for (int i = 0; i < harts.size(); i++) {
      Hart hart = harts.get(turn);
      if (hart.isRunnable()) {
        return hart;
      }
      turn = (turn + 1) % harts.size();
      turnLeft = TURN;
    }
    return null;
  }

  /// Brings harts, devices and RAM back to power-on. Time, time of day, instruction count and
  /// entropy go on.
  private void reset() {
    VirtSpec again = bootSpec.get();
    long timeOfDay = devices.rtc.timeOfDay();
    memory.clear();
    codeCache.clear();
    harts.forEach(powerOn::restore);
    devices.table.devices().forEach(powerOn::restore);
    devices.rtc.setTimeOfDay(timeOfDay);
    turn = 0;
    turnLeft = TURN;
    consoles.reset();
    boot(again);
  }

  private StopReason idle() {
    if (harts.stream().allMatch(Hart::isStopped)) {
      return new StopReason.Stuck("all harts were stopped by the guest");
    }
    return new StopReason.Idle(timers.next());
  }

  private void accept(Message message) {
    switch (message) {
      case Message.ConsoleInput(byte[] bytes) -> {
        // A device may now write to memory, between a hart's LR and its SC.
        harts.forEach(Hart::endTurn);
        consoles.type(bytes, devices);
      }
      case Message.ClockSample(long nanoseconds) -> clock.advanceTo(nanoseconds, instructions);
      case Message.TimeOfDay(long nanoseconds) -> devices.rtc.setTimeOfDay(nanoseconds);
      case Message.PowerButton _ when devices.button.press() -> harts.forEach(Hart::endTurn);
      case Message.PowerButton _ -> end(new StopReason.PoweredOff(0));
      case Message.BalloonTarget(int pages) -> devices.balloon.setTarget(pages);
      case Message.NewIdentity(byte[] seed) -> {
        entropy.reseed(seed);
        devices.generation.change(entropy.next(GenerationId.SIZE));
      }
    }
  }

  private long instructionsAtNextTimer() {
    return clock.instructionsAt(timers.next());
  }

  private long ticks() {
    return devices.clint.time();
  }

  @Override
  public long instructions() {
    Hart hart = running;
    return hart == null ? instructions : instructions + hart.executedInSlice();
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public long nanoseconds() {
    return clock.nanoseconds(instructions());
  }

  /// What the engine did for this guest so far.
  public EngineStatistics engineStatistics() {
    return codeCache.statistics();
  }

  /// The guest's RAM. Whoever looks into it, merges pages of it or swaps them out does so while the
  /// machine does not run.
  public FrameTable memory() {
    return memory;
  }

  /// Bytes of host memory that hold the guest's RAM.
  public long residentBytes() {
    return memory.residentBytes();
  }

  /// Pages of 4 KiB that the guest gave to the balloon; empty where no driver of it runs.
  public OptionalInt balloonPages() {
    return devices.balloon.pages();
  }

  @Override
  public void save(Consumer<StateRecord> sink) {
    saveAllButMemory(sink);
    new RamRecords(memory).save(sink);
  }

  /// Hands out the state but for RAM, whose content is in [#memory].
  public void saveAllButMemory(Consumer<StateRecord> sink) {
    components().forEach(part -> sink.accept(part.toRecord()));
  }

  @Override
  public void restore(Snapshot snapshot) {
    restoreAllButMemory(snapshot);
    new RamRecords(memory).restore(snapshot);
  }

  private void restoreAllButMemory(Snapshot snapshot) {
    components().forEach(snapshot::restore);
    codeCache.clear();
    tohost.arm();
    broken = null;
  }

  @Override
  public String recordName() {
    return "virt";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(harts.size());
    out.putLong(memory.size());
    out.putLong(instructions);
    out.putInt(turn);
    out.putInt(turnLeft);
    consoles.save(out);
    out.putLong(tohost.address());
  }

  @Override
  public void restore(RecordReader in) {
    if (in.getInt() != harts.size() || in.getLong() != memory.size()) {
      throw new SnapshotException(
          "the snapshot is of a board with other harts or memory than this one");
    }
    instructions = in.getLong();
    turn = in.getCount(harts.size() - 1);
    turnLeft = in.getInt();
    consoles.restore(in);
    try {
      tohost.watch(in.getLong());
    } catch (BoardException nowhere) {
      throw new SnapshotException("the snapshot is damaged: tohost is not in RAM", nowhere);
    }
    ending = null;
  }

  @Override
  public void close() {
    harts.forEach(Hart::close);
    memory.close();
  }
}
