package hospes.boards;

import hospes.devices.Bus;
import hospes.devices.PowerControl;
import hospes.engine.CodeCache;
import hospes.engine.EngineStatistics;
import hospes.machine.Clock;
import hospes.machine.ConsoleOutput;
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
import hospes.riscv.Hart;
import hospes.riscv.RiscvCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
  private static final int MAX_EXIT_CODE = 124;

  private final VirtSpec spec;
  private final Snapshot powerOn = new Snapshot();
  private final FramePool pool = new FramePool();
  private final FrameTable memory;
  private final CodeCache codeCache;
  private final List<Hart> harts = new ArrayList<>();
  private final VirtDevices devices;
  private final Inbox inbox = new Inbox();
  private final Clock clock = new Clock();
  private final Entropy entropy;
  private long instructions;
  private int turn;
  private int turnLeft = TURN;
  private boolean virtioConsoleSpokeLast;
  private @Nullable Hart running;
  private @Nullable StopReason ending;
  private long tohost = -1;
  private long plannedTimer;

  /// A machine at power-on.
  ///
  /// @throws BoardException where it cannot be built from the specification
  public VirtMachine(VirtSpec spec) {
    check(spec);
    this.spec = spec;
    entropy = spec.entropy();
    memory = new FrameTable(pool, RAM_BASE, spec.memoryBytes());
    codeCache = RiscvCode.cache(memory, spec.engine());
    Bus bus = new Bus();
    DeviceAccess replanning = new Replanning(bus);
    boolean builtIn = spec.firmware() instanceof VirtSpec.Firmware.BuiltIn;
    Sbi sbi = new Sbi(harts, memory, spec.console(), new PowerSwitch());
    for (int id = 0; id < spec.harts(); id++) {
      harts.add(new Hart(id, memory, replanning, codeCache, this::ticks, builtIn ? sbi : null));
    }
    devices = new VirtDevices(surroundings(spec));
    devices.table.attachTo(bus);
    harts.forEach(hart -> powerOn.add(hart.toRecord()));
    devices.table.devices().forEach(device -> powerOn.add(device.toRecord()));
    try {
      boot();
    } catch (BoardException cannotBoot) {
      close();
      throw cannotBoot;
    }
  }

  /// The device tree that a machine of this specification would be given, as a flattened blob.
  public static byte[] deviceTree(VirtSpec spec) {
    try (VirtMachine machine = new VirtMachine(spec)) {
      return machine.bootTree;
    }
  }

  private byte[] bootTree = new byte[0];

  private static void check(VirtSpec spec) {
    if (spec.harts() < 1 || spec.harts() > MAX_HARTS) {
      throw new BoardException(
          "the board has 1 to %d harts, not %d; choose with --harts"
              .formatted(MAX_HARTS, spec.harts()));
    }
    if (spec.drives().size() > VirtDevices.DRIVES) {
      throw new BoardException(
          "the board has room for %d drives, not %d; leave out some --drive"
              .formatted(VirtDevices.DRIVES, spec.drives().size()));
    }
    if (spec.memoryBytes() < 4L << 20 || spec.memoryBytes() % FramePool.FRAME_SIZE != 0) {
      throw new BoardException(
          "the board needs at least 4 MiB of RAM, in whole 4 KiB pages; give it more --memory");
    }
    if (spec.memoryBytes() >> 12 > Integer.MAX_VALUE) {
      throw new BoardException("the board takes less than 8 TiB of RAM");
    }
  }

  private VirtDevices.Surroundings surroundings(VirtSpec spec) {
    ConsoleOutput output = spec.console();
    return new VirtDevices.Surroundings(
        harts.stream().map(HartWires::of).toList(),
        memory,
        spec.drives(),
        value -> {
          virtioConsoleSpokeLast = false;
          output.write(value);
        },
        value -> {
          virtioConsoleSpokeLast = true;
          output.write(value);
        },
        entropy,
        new PowerSwitch(),
        this::nanoseconds,
        spec.startNanoseconds());
  }

  private void boot() {
    BootSequence boot = new BootSequence(spec, memory, harts, devices.table);
    bootTree = boot.run(entropy.next(BootSequence.SEED_BYTES));
    boot.tohost().ifPresent(this::watchTohost);
  }

  /// Watches the word by which a program tells how its test ended: writes to its page go the slow
  /// way and are told to us.
  private void watchTohost(long address) {
    if (!memory.contains(address, Long.BYTES) || address % Long.BYTES != 0) {
      throw new BoardException(
          "the symbol tohost (%#x) is not a doubleword in RAM; link the program for this board"
              .formatted(address));
    }
    tohost = address;
    memory.markCode(address);
    memory.watchCode(
        (written, length) -> {
          codeCache.written(written, length);
          memory.markCode(tohost);
          if (written < tohost + Long.BYTES && tohost < written + length) {
            readTohost();
          }
        });
  }

  private void forgetCode() {
    codeCache.clear();
    if (tohost != -1) {
      memory.markCode(tohost);
    }
  }

  private void readTohost() {
    long value = memory.read(tohost, Long.BYTES);
    if ((value & 1) != 0) {
      end(new StopReason.PoweredOff((int) Math.min(value >>> 1, MAX_EXIT_CODE)));
    }
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

  /// The devices as the harts reach them. A write may set the time, or a timer to go off before the
  /// end of the slice that runs now: then the slice ends.
  private final class Replanning implements DeviceAccess {
    private final Bus bus;

    Replanning(Bus bus) {
      this.bus = bus;
    }

    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return bus.answers(physicalAddress, bytes);
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      return bus.read(physicalAddress, bytes);
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      long ticks = ticks();
      bus.write(physicalAddress, bytes, value);
      Hart hart = running;
      if (hart != null && (ticks() != ticks || instructionsAtNextTimer() < plannedTimer)) {
        hart.yieldTurn();
      }
    }
  }

  @Override
  public StopReason run(long budget) {
    long end = budget > Long.MAX_VALUE - instructions ? Long.MAX_VALUE : instructions + budget;
    while (true) {
      if (inbox.hasMail(instructions)) {
        inbox.deliver(instructions, this::accept);
      }
      if (ending instanceof StopReason.Reset) {
        ending = null;
        reset();
        return new StopReason.Reset();
      }
      if (ending != null) {
        return ending;
      }
      updateTimers();
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

  /// Brings harts, devices and RAM back to power-on. Time, instruction count and entropy go on.
  private void reset() {
    memory.clear();
    codeCache.clear();
    harts.forEach(powerOn::restore);
    devices.table.devices().forEach(powerOn::restore);
    turn = 0;
    turnLeft = TURN;
    virtioConsoleSpokeLast = false;
    boot();
  }

  private StopReason idle() {
    if (harts.stream().allMatch(Hart::isStopped)) {
      return new StopReason.Stuck("all harts were stopped by the guest");
    }
    return new StopReason.Idle(nextTimer());
  }

  private void accept(Message message) {
    switch (message) {
      case Message.ConsoleInput(byte[] bytes) -> {
        // A device may now write to memory, between a hart's LR and its SC.
        harts.forEach(Hart::endTurn);
        if (virtioConsoleSpokeLast) {
          devices.console.receive(bytes);
        } else {
          devices.uart.receive(bytes);
        }
      }
      case Message.ClockSample(long nanoseconds) -> clock.advanceTo(nanoseconds, instructions);
      case Message.PowerButton _ -> end(new StopReason.PoweredOff(0));
    }
  }

  private void updateTimers() {
    devices.clint.update();
    devices.rtc.tick();
    harts.forEach(hart -> hart.timer.update());
  }

  /// Guest time at which the next timer fires; [Long#MAX_VALUE] where none is set.
  private long nextTimer() {
    long ticks = devices.clint.nextDeadlineTicks();
    for (Hart hart : harts) {
      if (hart.timer.isAhead()) {
        ticks = Math.min(ticks, devices.clint.ticksAt(hart.timer.deadline()));
      }
    }
    long nanoseconds =
        ticks > Long.MAX_VALUE / NANOSECONDS_PER_TICK
            ? Long.MAX_VALUE
            : ticks * NANOSECONDS_PER_TICK;
    return Math.min(nanoseconds, devices.rtc.nextDeadline());
  }

  private long instructionsAtNextTimer() {
    return clock.instructionsAt(nextTimer());
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

  /// Bytes of host memory that hold the guest's RAM.
  public long residentBytes() {
    return memory.residentBytes();
  }

  @Override
  public void save(Consumer<StateRecord> sink) {
    sink.accept(toRecord());
    sink.accept(clock.toRecord());
    sink.accept(entropy.toRecord());
    harts.forEach(hart -> sink.accept(hart.toRecord()));
    devices.table.devices().forEach(device -> sink.accept(device.toRecord()));
    new RamRecords(memory).save(sink);
  }

  @Override
  public void restore(Snapshot snapshot) {
    snapshot.restore(this);
    snapshot.restore(clock);
    snapshot.restore(entropy);
    forgetCode();
    new RamRecords(memory).restore(snapshot);
    harts.forEach(snapshot::restore);
    devices.table.devices().forEach(snapshot::restore);
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
    out.putBoolean(virtioConsoleSpokeLast);
    out.putLong(tohost);
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
    virtioConsoleSpokeLast = in.getBoolean();
    tohost = in.getLong();
    ending = null;
  }

  @Override
  public void close() {
    harts.forEach(Hart::close);
    pool.close();
  }
}
