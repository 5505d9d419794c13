package hospes.virt;

import hospes.devices.Bus;
import hospes.devices.GenerationId;
import hospes.devices.PowerControl;
import hospes.engine.CodeCache;
import hospes.engine.EngineStatistics;
import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import hospes.guests.FramedMachine;
import hospes.guests.Identity;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.facet.Balloon;
import hospes.guests.facet.Processors;
import hospes.guests.facet.Statistics;
import hospes.machine.Entropy;
import hospes.machine.HostLossException;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.DeviceAccess;
import hospes.memory.FrameTable;
import hospes.memory.HostFaultException;
import hospes.riscv.Hart;
import hospes.riscv.RiscvCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `virt` machine: one to eight RV64GC harts on a board that software made for QEMU's `-M virt`
/// knows. The harts run [in turns][HartTurns] on the calling thread.
public final class VirtMachine extends FramedMachine
    implements Balloon, Processors, Statistics {
  /// Where RAM begins.
  public static final long RAM_BASE = 0x8000_0000L;

  /// The timebase runs at 10 MHz.
  static final int NANOSECONDS_PER_TICK = 100;

  /// Most harts that a board has.
  public static final int MAX_HARTS = 8;

  /// For a machine that is to take over all state of another one, randomness included.
  private static final Identity.Own NOBODY =
      new Identity.Own("", new byte[Entropy.SEED_BYTES], OptionalLong.empty());

  private final VirtSpec spec;
  private final int disks;
  private final FrameTable memory;
  private final List<FrameTable> frames;
  private final CodeCache codeCache;
  private final List<Hart> harts = new ArrayList<>();
  private final HartTurns turns = new HartTurns(harts);
  private final ConsoleSwitch consoles = new ConsoleSwitch();
  private final TohostWatch tohost;
  private final Entropy entropy;
  private final VirtDevices devices;
  private final BoardTimers timers;
  private long plannedTimer;

  private VirtMachine(
      VirtSpec spec, Resources given, Identity.Own who, FrameTable memory, CodeCache codeCache) {
    super(given);
    this.spec = spec;
    this.memory = memory;
    this.codeCache = codeCache;
    disks = given.disks().size();
    frames = List.of(memory);
    entropy = who.entropy();
    tohost =
        new TohostWatch(memory, codeCache, exitCode -> end(new StopReason.PoweredOff(exitCode)));
    Bus bus = new Bus();
    DeviceAccess watched = new WatchedBus(bus, this::ticks, this::deviceWritten);
    boolean builtIn = spec.firmware() instanceof VirtSpec.Firmware.BuiltIn;
    Sbi sbi = new Sbi(harts, memory, given.console(), new PowerSwitch());
    for (int id = 0; id < spec.harts(); id++) {
      harts.add(new Hart(id, memory, watched, codeCache, this::ticks, builtIn ? sbi : null));
    }
    devices = new VirtDevices(wires(given, who.timeOfDay().orElse(0)));
    devices.table.attachTo(bus);
    timers = new BoardTimers(devices, harts);
    new VirtPorts(harts, devices, consoles, entropy)
        .fill(
            doors(),
            now -> clock.advanceTo(now, instructionsBeforeSlice()),
            () -> end(new StopReason.PoweredOff(0)));
  }

  private VirtDevices.Wires wires(Resources given, long timeOfDay) {
    return new VirtDevices.Wires(
        harts.stream().map(HartWires::of).toList(),
        memory,
        given.disks(),
        consoles.uartOutput(given.console()),
        consoles.virtioOutput(given.console()),
        entropy,
        new PowerSwitch(),
        this::nanoseconds,
        timeOfDay);
  }

  /// A machine at power-on.
  ///
  /// @throws RefusedException where it cannot be built from the specification
  public static VirtMachine atPowerOn(VirtSpec spec, Resources given, Identity.Own who) {
    VirtMachine machine = blank(spec, given, who);
    machine.closingOnFailure(() -> machine.boot(machine.readBootFiles()));
    return machine;
  }

  /// A machine that goes on from what another one [froze][#freeze].
  ///
  /// @throws RefusedException where it cannot be built from the specification
  /// @throws hospes.machine.SnapshotException where the state is damaged, or of another machine
  static VirtMachine restored(VirtSpec spec, Resources given, Saved state, Identity who) {
    VirtMachine machine = blank(spec, given, NOBODY);
    machine.closingOnFailure(() -> machine.continueFrom(state, who));
    return machine;
  }

  /// The device tree that a machine of this specification would be given, as a flattened blob.
  ///
  /// @throws RefusedException where it cannot be built from the specification
  static byte[] deviceTree(VirtSpec spec, Resources given, Identity.Own who) {
    VirtMachine machine = blank(spec, given, who);
    byte[] tree = machine.closingOnFailure(() -> machine.boot(machine.readBootFiles()));
    machine.close();
    return tree;
  }

  /// A machine before anything is loaded.
  private static VirtMachine blank(VirtSpec spec, Resources given, Identity.Own who) {
    spec.check(given.disks().size());
    FrameTable memory = new FrameTable(given.pool(), RAM_BASE, spec.memoryBytes());
    VirtMachine machine =
        new VirtMachine(spec, given, who, memory, RiscvCode.cache(memory, given.engine()));
    machine.devices.generation.begin(machine.entropy.next(GenerationId.SIZE));
    machine.rememberPowerOn(machine.hardware());
    return machine;
  }

  private <T> T closingOnFailure(Supplier<T> start) {
    try {
      return start.get();
    } catch (HostFaultException | HostLossException lost) {
      close();
      throw new RefusedException(Problem.of(String.valueOf(lost.getMessage())), lost);
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  @Override
  protected VirtMachine twin(Resources given) {
    if (given.disks().size() != disks) {
      throw VirtSpec.refused(
          "a fork needs a disk for each of the guest's %d, but is given %d"
              .formatted(disks, given.disks().size()));
    }
    FrameTable shared = memory.fork();
    return new VirtMachine(spec, given, NOBODY, shared, codeCache.fork(shared, given.engine()));
  }

  private Stream<Stateful> hardware() {
    return Stream.concat(harts.stream(), devices.table.devices().stream());
  }

  @Override
  protected Stream<Stateful> parts() {
    BoardRecord board = new BoardRecord(spec, turns, consoles, tohost);
    return Stream.concat(Stream.of(board, entropy), hardware());
  }

  @Override
  protected void stateReplaced() {
    codeCache.clear();
    tohost.arm();
  }

  /// Reads all that is loaded at power-on.
  private BootSequence readBootFiles() {
    return new BootSequence(spec, memory, harts, devices.table);
  }

  /// Loads everything and starts the harts. Returns the device tree that the guest was given.
  private byte[] boot(BootSequence boot) {
    byte[] tree = boot.run(entropy.next(BootSequence.SEED_BYTES));
    boot.tohost().ifPresent(tohost::watch);
    return tree;
  }

  /// Brings harts, devices and RAM back to power-on. Time, time of day, instruction count, entropy
  /// and what the machine is told of its identity go on.
  @Override
  protected void reset() {
    BootSequence boot = readBootFiles(); // while nothing is lost yet
    long timeOfDay = devices.rtc.timeOfDay();
    byte[] generation = devices.generation.id();
    returnToPowerOn(hardware());
    codeCache.clear();
    devices.rtc.setTimeOfDay(timeOfDay);
    devices.generation.begin(generation);
    turns.reset();
    consoles.reset();
    boot(boot);
  }

  @Override
  protected @Nullable StopReason prepare() {
    timers.update();
    if (turns.findRunnable()) {
      return null;
    }
    return harts.stream().allMatch(Hart::isStopped)
        ? new StopReason.Stuck("all harts were stopped by the guest")
        : new StopReason.Idle(timers.next());
  }

  @Override
  protected int slice(long most) {
    plannedTimer = instructionsAtNextTimer();
    return turns.run(Math.min(most, plannedTimer - instructionsBeforeSlice()));
  }

  @Override
  protected int executedInSlice() {
    return turns.executedInSlice();
  }

  @Override
  protected void abandonSlice() {
    turns.abandonSlice();
  }

  @Override
  protected void ended() {
    harts.forEach(Hart::yieldTurn);
  }

  /// A write to a device may have set the time, or a timer to go off before the end of the slice
  /// that runs now: then the slice ends.
  private void deviceWritten(long ticksBefore) {
    if (turns.isRunning() && (ticks() != ticksBefore || instructionsAtNextTimer() < plannedTimer)) {
      turns.endSlice();
    }
  }

  private long instructionsAtNextTimer() {
    return clock.instructionsAt(timers.next());
  }

  private long ticks() {
    return devices.clint.time();
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

  @Override
  public Description description() {
    return new Description(spec.harts(), spec.memoryBytes(), ConsoleStyle.SERIAL);
  }

  @Override
  public EngineStatistics engineStatistics() {
    return codeCache.statistics();
  }

  @Override
  public List<FrameTable> frames() {
    return frames;
  }

  /// The guest's RAM.
  public FrameTable memory() {
    return memory;
  }

  @Override
  public OptionalInt balloonPages() {
    return devices.balloon.pages();
  }

  @Override
  public String architecture() {
    return "riscv64";
  }

  @Override
  public void close() {
    harts.forEach(Hart::close);
    memory.close();
  }
}
