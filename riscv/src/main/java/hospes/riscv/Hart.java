package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.Restart;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.AddressSpace;
import hospes.memory.DeviceAccess;
import hospes.memory.FrameTable;
import org.jspecify.annotations.Nullable;

/// One RV64GC hart: its registers, modes, and the loop around the interpreter that takes traps and
/// interrupts.
public final class Hart extends Core implements Stateful, AutoCloseable {
  /// The register number that swallows what is written to x0.
  static final int SINK = 32;

  private static final int MACHINE_SET = 0;
  private static final int SUPERVISOR_SET = 1;
  private static final int USER_SET = 2;
  private static final int SUPERVISOR_WITH_USER_SET = 3;

  /// Integer registers; 32 swallows writes to x0.
  public final long[] x = new long[64];

  final long[] f = new long[64];
  final AddressSpace memory;
  final CsrFile csrs;
  final Status status = new Status();
  final TrapUnit traps = new TrapUnit();
  final EnvironmentConfiguration environment = new EnvironmentConfiguration();
  final Pmp pmp = new Pmp();
  final Counters counters;
  final Mmu mmu;
  final AtomicUnit atomics;
  final CacheBlockUnit cacheBlocks = new CacheBlockUnit(this);

  /// The supervisor timer.
  public final SupervisorTimer timer;

  final FloatUnit floats = new FloatUnit(status);

  private final int id;
  private final FrameTable frames;
  private final CodeCache codeCache;
  private final CodePage straddling;
  private final TimeSource time;
  private final @Nullable SupervisorFirmware firmware;
  private int mode = Mode.MACHINE;
  private int dataMode = Mode.MACHINE;
  private boolean waiting;
  private boolean stopped;
  private boolean yielding;
  private long executedBefore;
  private int slice;
  private int withheld;

  /// A hart at reset, in M-mode at address 0, stopped until [#start].
  ///
  /// @param firmware answers ECALL from S-mode, or `null` where code in M-mode does
  public Hart(
      int id,
      FrameTable frames,
      DeviceAccess devices,
      CodeCache codeCache,
      TimeSource time,
      @Nullable SupervisorFirmware firmware) {
    super(3);
    this.id = id;
    this.frames = frames;
    this.codeCache = codeCache;
    this.time = time;
    this.firmware = firmware;
    this.mmu = new Mmu(this, frames);
    this.memory = new AddressSpace(frames, mmu, new HartDevices(this, devices), 4);
    this.atomics = new AtomicUnit(memory);
    this.timer = new SupervisorTimer(time, traps, environment);
    this.straddling = CodePage.detached(new RiscvDecoder(), frames);
    this.counters = new Counters(this);
    this.csrs = new CsrFile(this);
    MachineCsrs.define(csrs, this);
    SupervisorCsrs.define(csrs, this);
    counters.define(csrs);
    codeCache.addCore(this);
    stopped = true;
  }

  /// This hart's number.
  public int id() {
    return id;
  }

  /// The privilege mode.
  public int mode() {
    return mode;
  }

  /// The mode whose rules loads and stores follow (MPRV, 3.1.6.3).
  int dataMode() {
    return dataMode;
  }

  /// Starts a stopped hart in a mode at an address, with its number in a0 and `argument` in a1.
  public void start(int startMode, long address, long argument) {
    pc = address;
    x[10] = id;
    x[11] = argument;
    mode = startMode;
    stopped = false;
    waiting = false;
    mmu.reset();
    status.clear(Status.SIE);
    forgetTranslations();
  }

  /// Does what firmware does before it starts a kernel in S-mode: gives it its traps, its
  /// interrupts and all of memory.
  public void openToSupervisor() {
    traps.delegatedExceptions = TrapUnit.DELEGABLE & ~(1 << 9);
    traps.delegatedInterrupts = Interrupt.SUPERVISOR;
    pmp.openAll();
    counters.openAll();
    environment.openAll();
  }

  /// Stops the hart until it is started again.
  public void stop() {
    stopped = true;
    yielding = true;
  }

  /// Whether the hart is stopped.
  public boolean isStopped() {
    return stopped;
  }

  /// Whether the hart would execute an instruction now.
  public boolean isRunnable() {
    return !stopped && (!waiting || (traps.pending() & traps.enabled) != 0);
  }

  /// Raises an interrupt line of `mip` (see [Interrupt]).
  public void raise(long interrupt) {
    traps.lines |= interrupt;
    leave();
  }

  /// Lowers an interrupt line.
  public void lower(long interrupt) {
    traps.lines &= ~interrupt;
  }

  /// Makes an interrupt pending as software does, until it is cleared in `sip`.
  public void post(long interrupt) {
    traps.software |= interrupt;
  }

  /// Ends the hart's slice after the current instruction, because what the board planned may have
  /// changed.
  public void yieldTurn() {
    yielding = true;
    leave();
  }

  /// Whether the last slice ended because the hart gave way.
  public boolean hasYielded() {
    return yielding;
  }

  /// Waits for an interrupt, as WFI does.
  public void suspend() {
    waiting = (traps.pending() & traps.enabled) == 0;
  }

  /// Another hart is about to run: what it does may break this hart's reservation, so it is given
  /// up.
  public void endTurn() {
    atomics.dropReservation();
  }

  /// Instructions that this hart executed, those that trapped included.
  public long executed() {
    return executedBefore + executedInSlice();
  }

  /// Executes at most `budget` instructions; fewer if the hart waits, stops or yields. Returns how
  /// many.
  public int execute(int budget) {
    slice = budget;
    remaining = budget;
    yielding = false;
    waiting = waiting && !isRunnable();
    while (remaining > 0 && !waiting && !stopped && !yielding) {
      long interrupt = traps.next(mode, status);
      if (interrupt != 0) {
        enterTrap(TrapUnit.INTERRUPT | Long.numberOfTrailingZeros(interrupt), 0);
      }
      takeTranslations();
      runFromPage();
      goOn();
    }
    int executed = counted(executedInSlice());
    executedBefore += executed;
    slice = 0;
    remaining = 0;
    return executed;
  }

  /// Instructions executed in the slice that runs now.
  public int executedInSlice() {
    return slice - unspent() - withheld;
  }

  private void runFromPage() {
    CodePage page = cachedPage(pc);
    if (page == null) {
      try {
        long physicalAddress = fetchAddress(pc);
        page = codeCache.page(physicalAddress);
        if (!pmp.isUniform(physicalAddress & -(1L << CodePage.SHIFT))) {
          checkSecondHalf(physicalAddress);
          runOne(page);
          return;
        }
        cachePage(pc, page);
      } catch (TrapException fault) {
        remaining--;
        take(fault.trap());
        return;
      }
    }
    RiscvInterpreter.run(this, page);
    finish();
  }

  /// Where PMP divides a page, each instruction is checked for itself; one that goes on in the next
  /// page is checked later.
  private void checkSecondHalf(long physicalAddress) {
    boolean isShort = (frames.read(physicalAddress, 2) & 3) != 3;
    boolean straddles = (pc & (1L << CodePage.SHIFT) - 1) == (1L << CodePage.SHIFT) - 2;
    if (!isShort && !straddles) {
      fetchAddress(pc + 2);
    }
  }

  /// Executes one instruction of a page, then comes back.
  private void runOne(CodePage page) {
    int later = remaining - 1;
    withheld += later;
    remaining = 1;
    RiscvInterpreter.run(this, page);
    finish();
    withheld -= later;
    remaining += later;
  }

  private void finish() {
    Trap taken = trap;
    if (taken instanceof Restart) {
      trap = null;
      remaining++;
    } else if (taken != null) {
      trap = null;
      take(taken);
    } else if (apart) {
      apart = false;
      runStraddling();
    }
  }

  private long fetchAddress(long address) {
    long physicalAddress = memory.physical(address, Access.EXECUTE, 2);
    if (!frames.contains(physicalAddress)) {
      throw mmu.accessFault(address, Access.EXECUTE);
    }
    return physicalAddress;
  }

  /// Executes the instruction at `pc`, whose second half lies in the next page.
  private void runStraddling() {
    try {
      int bits =
          (int) frames.read(fetchAddress(pc), 2) | (int) frames.read(fetchAddress(pc + 2), 2) << 16;
      straddling.put(CodeLayout.HALFWORDS.slots() - 1, new RiscvDecoder().decode(bits));
    } catch (TrapException fault) {
      remaining--;
      take(fault.trap());
      return;
    }
    runOne(straddling);
  }

  private void take(Trap taken) {
    counters.countTrap();
    RiscvTrap exception = (RiscvTrap) taken;
    if (exception instanceof RiscvTrap.EnvironmentCall
        && mode == Mode.SUPERVISOR
        && firmware != null) {
      tellTrap(exception.cause(mode), TrapUnit.name(exception.cause(mode)), 0);
      pc += 4;
      firmware.call(this);
      return;
    }
    long value =
        exception instanceof RiscvTrap.IllegalInstruction ? instructionWord() : exception.address();
    enterTrap(exception.cause(mode), value);
  }

  /// The word of the instruction at `pc`, which was fetched before and so can be again.
  private long instructionWord() {
    try {
      long low = frames.read(fetchAddress(pc), 2);
      return (low & 3) == 3 ? low | frames.read(fetchAddress(pc + 2), 2) << 16 : low;
    } catch (TrapException gone) {
      return 0;
    }
  }

  private void enterTrap(long cause, long value) {
    atomics.dropReservation();
    waiting = false;
    tellTrap(cause, TrapUnit.name(cause), value);
    int handler = traps.enter(cause, value, pc, mode, status);
    pc = traps.vector(handler).target(cause);
    setMode(handler);
  }

  private void setMode(int newMode) {
    mode = newMode;
    lookAnew();
  }

  @Nullable Trap returnFromMachineTrap() {
    if (mode != Mode.MACHINE) {
      return illegalInstruction();
    }
    nextPc = traps.machine.programCounter;
    setMode(status.leaveMachineTrap());
    return null;
  }

  @Nullable Trap returnFromSupervisorTrap() {
    if (mode == Mode.USER || mode == Mode.SUPERVISOR && status.has(Status.TSR)) {
      return illegalInstruction();
    }
    nextPc = traps.supervisor.programCounter;
    setMode(status.leaveSupervisorTrap());
    return null;
  }

  @Nullable Trap waitForInterrupt() {
    if (mode == Mode.USER || mode == Mode.SUPERVISOR && status.has(Status.TW)) {
      return illegalInstruction();
    }
    waiting = (traps.pending() & traps.enabled) == 0;
    return null;
  }

  @Nullable Trap fenceTranslations(int addressRegister) {
    if (mode == Mode.USER || mode == Mode.SUPERVISOR && status.has(Status.TVM)) {
      return illegalInstruction();
    }
    if (addressRegister == 0) {
      forgetTranslations();
    } else {
      mmu.forget(x[addressRegister]);
    }
    return null;
  }

  @Nullable Trap fenceInvalidations() {
    return mode == Mode.USER ? illegalInstruction() : null;
  }

  /// Forgets all translations of virtual addresses, of data and of code.
  public void forgetTranslations() {
    mmu.forgetAll();
    lookAnew();
  }

  /// Modes or status changed: memory is looked at in another way from now on.
  void lookAnew() {
    dataMode = status.has(Status.MPRV) && mode == Mode.MACHINE ? status.previousMode() : mode;
    boolean readsExecutable = status.has(Status.MXR);
    if (readsExecutable != readableExecutables) {
      readableExecutables = readsExecutable;
      memory.flush();
    }
    memory.select(
        switch (dataMode) {
          case Mode.USER -> USER_SET;
          case Mode.SUPERVISOR ->
              status.has(Status.SUM) ? SUPERVISOR_WITH_USER_SET : SUPERVISOR_SET;
          default -> MACHINE_SET;
        });
    selectPages(
        switch (mode) {
          case Mode.USER -> USER_SET;
          case Mode.SUPERVISOR -> SUPERVISOR_SET;
          default -> MACHINE_SET;
        });
  }

  private boolean readableExecutables;

  long ticks() {
    return time.ticks();
  }

  /// Sets `stimecmp`, and lets the board plan anew.
  public void setTimerDeadline(long ticks) {
    timer.setDeadline(ticks);
    yielding = true;
  }

  /// `stimecmp` may have been switched on or off.
  void switchTimer() {
    timer.switched();
    yielding = true;
  }

  @Override
  protected Trap illegalInstruction() {
    return new RiscvTrap.IllegalInstruction();
  }

  /// A floating-point register was written: its state is dirty now (privileged manual, 3.1.6.6).
  void touchFloats() {
    status.bits |= Status.FS;
  }

  @Override
  public String recordName() {
    return "hart" + id;
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    for (int i = 1; i < SINK; i++) {
      out.putLong(x[i]);
    }
    for (int i = 0; i < SINK; i++) {
      out.putLong(f[i]);
    }
    out.putLongs(new long[] {pc, status.bits, atomics.reservation(), timer.deadline(), executed()});
    out.putInt(mode);
    out.putInt(floats.status.flags);
    out.putInt(floats.roundingMode);
    out.putBoolean(waiting);
    out.putBoolean(stopped);
    traps.save(out);
    environment.save(out);
    pmp.save(out);
    counters.save(out);
    mmu.save(out);
  }

  @Override
  public void restore(RecordReader in) {
    for (int i = 1; i < SINK; i++) {
      x[i] = in.getLong();
    }
    for (int i = 0; i < SINK; i++) {
      f[i] = in.getLong();
    }
    pc = in.getLong();
    status.bits = in.getLong();
    atomics.restoreReservation(in.getLong());
    timer.restoreDeadline(in.getLong());
    executedBefore = in.getLong();
    mode = in.getInt();
    floats.status.flags = in.getInt();
    floats.roundingMode = in.getInt();
    waiting = in.getBoolean();
    stopped = in.getBoolean();
    traps.restore(in);
    environment.restore(in);
    pmp.restore(in);
    counters.restore(in);
    forgetTranslations();
    mmu.restore(in);
  }

  @Override
  public void close() {
    memory.close();
  }
}
