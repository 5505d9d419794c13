package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.AddressSpace;
import hospes.memory.DeviceAccess;
import hospes.memory.FrameTable;
import hospes.riscv.fp.FloatStatus;
import org.jspecify.annotations.Nullable;

/// One RV64GC hart: its registers, modes, and the loop around the interpreter that takes traps and
// interrupts.
public final class Hart extends Core implements Stateful, AutoCloseable {
  /// The register number that swallows what is written to x0.
  static final int SINK = 32;

  private static final int CACHE_BLOCK = 64;
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
  final FloatStatus floatStatus = new FloatStatus();
  final Counters counters;
  final Mmu mmu;
  int roundingMode;

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
  private long reservation = -1;
  private long timerDeadline = -1;
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
    this.memory = new AddressSpace(frames, mmu, devices, 4);
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
    mmu.restoreSatp(0);
    status.clear(Status.SIE);
    forgetTranslations();
  }

  /// Does what firmware does before it starts a kernel in S-mode: gives it its traps, its
  // interrupts and all of memory.
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
  // changed.
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
  // up.
  public void endTurn() {
    reservation = -1;
  }

  /// Instructions that this hart executed, those that trapped included.
  public long executed() {
    return executedBefore + executedInSlice();
  }

  /// Executes at most `budget` instructions; fewer if the hart waits, stops or yields. Returns how
  // many.
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
      runFromPage();
      goOn();
    }
    int executed = executedInSlice();
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
  // page is checked later.
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
    if (taken != null) {
      trap = null;
      take(taken);
    } else if (straddles) {
      straddles = false;
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
      straddling.code[CodePage.SLOTS - 1] = new RiscvDecoder().decode(bits);
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
      pc += 4;
      firmware.call(this);
      return;
    }
    enterTrap(cause(exception), value(exception));
  }

  private long cause(RiscvTrap exception) {
    return switch (exception) {
      case RiscvTrap.InstructionAccessFault _ -> 1;
      case RiscvTrap.IllegalInstruction _ -> 2;
      case RiscvTrap.Breakpoint _ -> 3;
      case RiscvTrap.LoadAddressMisaligned _ -> 4;
      case RiscvTrap.LoadAccessFault _ -> 5;
      case RiscvTrap.StoreAddressMisaligned _ -> 6;
      case RiscvTrap.StoreAccessFault _ -> 7;
      case RiscvTrap.EnvironmentCall _ -> 8 + mode;
      case RiscvTrap.InstructionPageFault _ -> 12;
      case RiscvTrap.LoadPageFault _ -> 13;
      case RiscvTrap.StorePageFault _ -> 15;
    };
  }

  private long value(RiscvTrap exception) {
    return switch (exception) {
      case RiscvTrap.InstructionAccessFault(long address) -> address;
      case RiscvTrap.IllegalInstruction _ -> instructionWord();
      case RiscvTrap.Breakpoint(long address) -> address;
      case RiscvTrap.LoadAddressMisaligned(long address) -> address;
      case RiscvTrap.LoadAccessFault(long address) -> address;
      case RiscvTrap.StoreAddressMisaligned(long address) -> address;
      case RiscvTrap.StoreAccessFault(long address) -> address;
      case RiscvTrap.EnvironmentCall _ -> 0;
      case RiscvTrap.InstructionPageFault(long address) -> address;
      case RiscvTrap.LoadPageFault(long address) -> address;
      case RiscvTrap.StorePageFault(long address) -> address;
    };
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
    reservation = -1;
    waiting = false;
    boolean toSupervisor = traps.isDelegated(cause, mode);
    TrapUnit.Vector vector = toSupervisor ? traps.supervisor : traps.machine;
    vector.programCounter = pc;
    vector.cause = cause;
    vector.value = value;
    pc = vector.target(cause);
    if (toSupervisor) {
      move(Status.SIE, Status.SPIE);
      status.clear(Status.SIE | Status.SPP);
      status.set(mode == Mode.SUPERVISOR ? Status.SPP : 0);
      setMode(Mode.SUPERVISOR);
    } else {
      move(Status.MIE, Status.MPIE);
      status.clear(Status.MIE | Status.MPP);
      status.set((long) mode << Status.MPP_SHIFT);
      setMode(Mode.MACHINE);
    }
  }

  private void move(long from, long to) {
    if (status.has(from)) {
      status.set(to);
    } else {
      status.clear(to);
    }
  }

  private void setMode(int newMode) {
    mode = newMode;
    lookAnew();
  }

  @Nullable Trap returnFromMachineTrap() {
    if (mode != Mode.MACHINE) {
      return illegalInstruction();
    }
    int target = status.previousMode();
    move(Status.MPIE, Status.MIE);
    status.set(Status.MPIE);
    status.clear(Status.MPP | (target == Mode.MACHINE ? 0 : Status.MPRV));
    nextPc = traps.machine.programCounter;
    setMode(target);
    return null;
  }

  @Nullable Trap returnFromSupervisorTrap() {
    if (mode == Mode.USER || mode == Mode.SUPERVISOR && status.has(Status.TSR)) {
      return illegalInstruction();
    }
    int target = status.has(Status.SPP) ? Mode.SUPERVISOR : Mode.USER;
    move(Status.SPIE, Status.SIE);
    status.set(Status.SPIE);
    status.clear(Status.SPP | Status.MPRV);
    nextPc = traps.supervisor.programCounter;
    setMode(target);
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
    if (addressRegister == 0 || mmu.mayBeInSuperpage(x[addressRegister])) {
      forgetTranslations();
    } else {
      memory.flushPage(x[addressRegister]);
      forgetPage(x[addressRegister]);
    }
    return null;
  }

  @Nullable Trap fenceInvalidations() {
    return mode == Mode.USER ? illegalInstruction() : null;
  }

  /// Forgets all translations of virtual addresses, of data and of code.
  public void forgetTranslations() {
    memory.flush();
    mmu.forgetSuperpages();
    forgetPages();
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

  boolean updatesAccessedAndDirty() {
    return environment.updatesAccessedAndDirty();
  }

  /// Writes `mip`: only bits that software may set; STIP is not among them while `stimecmp` drives
  // it.
  void writePending(long value) {
    long writable =
        environment.hasSupervisorTimer()
            ? Interrupt.SUPERVISOR & ~Interrupt.STI
            : Interrupt.SUPERVISOR;
    traps.software = traps.software & ~writable | value & writable;
  }

  long ticks() {
    return time.ticks();
  }

  /// `stimecmp`: the time, in ticks, at which the supervisor timer interrupt becomes pending;
  // unsigned.
  public long timerDeadline() {
    return timerDeadline;
  }

  /// Sets `stimecmp`.
  public void setTimerDeadline(long ticks) {
    timerDeadline = ticks;
    updateTimer();
    yielding = true;
  }

  /// Brings the supervisor timer interrupt in line with the time.
  public void updateTimer() {
    if (environment.hasSupervisorTimer()) {
      traps.software &= ~Interrupt.STI;
      if (Long.compareUnsigned(time.ticks(), timerDeadline) >= 0) {
        traps.lines |= Interrupt.STI;
      } else {
        traps.lines &= ~Interrupt.STI;
      }
    }
  }

  /// `stimecmp` may have been switched on or off: it holds STIP, or software does (Sstc; 3.1.18).
  void switchTimer() {
    if (environment.hasSupervisorTimer()) {
      updateTimer();
      yielding = true;
    } else {
      traps.lines &= ~Interrupt.STI;
    }
  }

  /// Whether `stimecmp` is in use and lies ahead.
  public boolean hasTimerAhead() {
    return environment.hasSupervisorTimer() && (traps.lines & Interrupt.STI) == 0;
  }

  @Override
  protected Trap illegalInstruction() {
    return new RiscvTrap.IllegalInstruction();
  }

  @Nullable Trap useFloats() {
    return status.has(Status.FS) ? null : illegalInstruction();
  }

  void setFloat(int register, long bits) {
    f[register] = bits;
    status.bits |= Status.FS;
  }

  /// The result of a floating-point comparison, which writes no floating-point register but may
  // have
  /// raised a flag: that too makes the state dirty (3.1.6.6).
  int compared(boolean result) {
    if (floatStatus.flags != 0) {
      status.bits |= Status.FS;
    }
    return result ? 1 : 0;
  }

  /// The rounding mode of an instruction, with the dynamic one resolved; reserved ones are illegal
  // (21.2).
  int rounding(int encoded) {
    int rounding = encoded == 7 ? roundingMode : encoded;
    if (rounding > 4) {
      throw new TrapException(illegalInstruction());
    }
    status.bits |= Status.FS;
    return rounding;
  }

  int loadReservedInt(long address) {
    checkAlignedLoad(address, 4);
    int value = memory.loadInt(address);
    reservation = address;
    return value;
  }

  long loadReservedLong(long address) {
    checkAlignedLoad(address, 8);
    long value = memory.loadLong(address);
    reservation = address;
    return value;
  }

  int storeConditionalInt(long address, int value) {
    checkAlignedStore(address, 4);
    if (reservation != address) {
      reservation = -1;
      return 1;
    }
    reservation = -1;
    memory.storeInt(address, value);
    return 0;
  }

  int storeConditionalLong(long address, long value) {
    checkAlignedStore(address, 8);
    if (reservation != address) {
      reservation = -1;
      return 1;
    }
    reservation = -1;
    memory.storeLong(address, value);
    return 0;
  }

  int loadForUpdateInt(long address) {
    checkAlignedStore(address, 4);
    memory.checkStore(address, 4);
    return memory.loadInt(address);
  }

  long loadForUpdateLong(long address) {
    checkAlignedStore(address, 8);
    memory.checkStore(address, 8);
    return memory.loadLong(address);
  }

  private static void checkAlignedLoad(long address, int bytes) {
    if ((address & bytes - 1) != 0) {
      throw new TrapException(new RiscvTrap.LoadAddressMisaligned(address));
    }
  }

  private static void checkAlignedStore(long address, int bytes) {
    if ((address & bytes - 1) != 0) {
      throw new TrapException(new RiscvTrap.StoreAddressMisaligned(address));
    }
  }

  /// What a cache-block instruction does.
  enum CacheOperation {
    INVALIDATE,
    CLEAN
  }

  void manageCacheBlock(long address, CacheOperation operation) {
    boolean allowed =
        switch (operation) {
          case INVALIDATE -> environment.allowsInvalidate(mode);
          case CLEAN -> environment.allowsClean(mode);
        };
    if (!allowed) {
      throw new TrapException(illegalInstruction());
    }
    memory.checkStore(address & -CACHE_BLOCK, CACHE_BLOCK);
  }

  void zeroCacheBlock(long address) {
    if (!environment.allowsZero(mode)) {
      throw new TrapException(illegalInstruction());
    }
    for (int i = 0; i < CACHE_BLOCK; i += 8) {
      memory.storeLong((address & -CACHE_BLOCK) + i, 0);
    }
  }

  @Override
  public String recordName() {
    return "hart" + id;
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    for (int i = 1; i < SINK; i++) {
      out.putLong(x[i]);
    }
    for (int i = 0; i < SINK; i++) {
      out.putLong(f[i]);
    }
    out.putLongs(new long[] {pc, status.bits, mmu.satp(), reservation, timerDeadline, executed()});
    out.putInt(mode);
    out.putInt(floatStatus.flags);
    out.putInt(roundingMode);
    out.putBoolean(waiting);
    out.putBoolean(stopped);
    traps.save(out);
    environment.save(out);
    pmp.save(out);
    counters.save(out);
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
    mmu.restoreSatp(in.getLong());
    reservation = in.getLong();
    timerDeadline = in.getLong();
    executedBefore = in.getLong();
    mode = in.getInt();
    floatStatus.flags = in.getInt();
    roundingMode = in.getInt();
    waiting = in.getBoolean();
    stopped = in.getBoolean();
    traps.restore(in);
    environment.restore(in);
    pmp.restore(in);
    counters.restore(in);
    forgetTranslations();
  }

  @Override
  public void close() {
    memory.close();
  }
}
