package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.Restart;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import hospes.memory.AddressSpace;
import hospes.memory.DeviceAccess;
import hospes.memory.FrameTable;
import org.jspecify.annotations.Nullable;

/// One RV64GC hart: its registers, modes, and the loop around the interpreter that takes traps and
/// interrupts.
public final class Hart extends Core implements Stateful, AutoCloseable {
  /// The register number that swallows what is written to x0.
  static final int SINK = 32;

  /// Integer registers; 32 swallows writes to x0.
  public final long[] x = new long[64];

  final long[] f = new long[64];
  final AddressSpace memory;
  final CsrFile csrs;
  final Status status = new Status();
  final PrivilegeUnit privilege = new PrivilegeUnit(this, status);
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
  private final InstructionFetch fetch;
  private final TimeSource time;
  private final @Nullable SupervisorFirmware firmware;
  boolean waiting;
  boolean stopped;
  long executedBefore;
  private boolean yielding;
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
    super(PrivilegeUnit.CODE_SETS);
    this.id = id;
    this.time = time;
    this.firmware = firmware;
    this.mmu = new Mmu(this, frames);
    this.memory =
        new AddressSpace(frames, mmu, new HartDevices(this, devices), PrivilegeUnit.DATA_SETS);
    this.atomics = new AtomicUnit(memory);
    this.timer = new SupervisorTimer(time, traps, environment);
    this.fetch = new InstructionFetch(this, frames, codeCache);
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
    return privilege.mode();
  }

  /// Starts a stopped hart in a mode at an address, with its number in a0 and `argument` in a1.
  public void start(int startMode, long address, long argument) {
    pc = address;
    x[10] = id;
    x[11] = argument;
    stopped = false;
    waiting = false;
    mmu.reset();
    status.clear(Status.SIE);
    privilege.enter(startMode);
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
      long interrupt = traps.next(privilege.mode(), status);
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
        long physicalAddress = fetch.physicalAddress(pc);
        page = fetch.page(physicalAddress);
        if (!fetch.isPageUniform(physicalAddress)) {
          fetch.checkSecondHalf(pc, physicalAddress);
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

  /// Executes the instruction at `pc`, whose second half lies in the next page.
  private void runStraddling() {
    CodePage straddling;
    try {
      straddling = fetch.straddling(pc);
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
        && mode() == Mode.SUPERVISOR
        && firmware != null) {
      long cause = exception.cause(Mode.SUPERVISOR);
      tellTrap(cause, TrapUnit.name(cause), 0);
      pc += 4;
      firmware.call(this);
      return;
    }
    long value =
        exception instanceof RiscvTrap.IllegalInstruction ? fetch.word(pc) : exception.address();
    enterTrap(exception.cause(mode()), value);
  }

  private void enterTrap(long cause, long value) {
    atomics.dropReservation();
    waiting = false;
    tellTrap(cause, TrapUnit.name(cause), value);
    int handler = traps.enter(cause, value, pc, mode(), status);
    pc = traps.vector(handler).target(cause);
    privilege.enter(handler);
  }

  /// Forgets all translations of virtual addresses, of data and of code.
  public void forgetTranslations() {
    mmu.forgetAll();
    privilege.lookAnew();
  }

  /// From now on code is looked up in this one of [PrivilegeUnit#CODE_SETS] sets.
  void selectCode(int set) {
    selectPages(set);
  }

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
    return HartRecord.VERSION;
  }

  @Override
  public void save(RecordWriter out) {
    HartRecord.save(this, out);
  }

  @Override
  public void restore(RecordReader in) {
    HartRecord.restore(this, in);
  }

  @Override
  public void close() {
    memory.close();
  }
}
