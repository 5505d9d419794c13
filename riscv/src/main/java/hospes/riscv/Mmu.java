package hospes.riscv;

import hospes.engine.Restart;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.AddressTranslation;
import hospes.memory.FrameTable;

/// Virtual memory: Bare, Sv39, Sv48 and Sv57. RISC-V Privileged ISA 20240411, 11.3 to 11.6.
final class Mmu implements AddressTranslation {
  private static final int BARE = 0;
  private static final int SV39 = 8;
  private static final int SV57 = 10;
  private static final long PPN_MASK = (1L << 44) - 1;

  /// Pages of code, and of data, that a hart remembers, as powers of 2.
  private static final int CODE_LOG2 = 11;

  private static final int DATA_LOG2 = 13;

  private static final long V = 1;
  private static final long R = 1 << 1;
  private static final long W = 1 << 2;
  private static final long EXEC = 1 << 3;
  private static final long U = 1 << 4;
  private static final long A = 1 << 6;
  private static final long D = 1 << 7;

  /// Reserved, Svpbmt and Svnapot bits, which are not implemented and must be zero.
  private static final long RESERVED = 0xffc0_0000_0000_0000L;

  private static final int LEVEL_SHIFT = 60;

  private final Hart hart;
  private final FrameTable frames;
  private long satp;

  /// The translations that the hart remembers: those for fetching, and those for loads and stores.
  /// They are apart, so that no access to data changes what a fetch does.
  private final TranslationBuffer code = new TranslationBuffer(CODE_LOG2);
  private final TranslationBuffer data = new TranslationBuffer(DATA_LOG2);

  Mmu(Hart hart, FrameTable frames) {
    this.hart = hart;
    this.frames = frames;
  }

  long satp() {
    return satp;
  }

  /// Writes `satp`; a mode that is not supported leaves the register as it was (11.1.11). There are
  /// no address-space identifiers.
  void setSatp(long value) {
    int mode = (int) (value >>> 60);
    if (mode == BARE || mode >= SV39 && mode <= SV57) {
      satp = value & (0xfL << 60 | PPN_MASK);
    }
  }

  /// Switches translation off, as at reset.
  void reset() {
    satp = 0;
  }

  @Override
  public long translate(long virtualAddress, Access access, int bytes) {
    int mode = access == Access.EXECUTE ? hart.mode() : hart.privilege.dataMode();
    int scheme = mode == Mode.MACHINE ? BARE : (int) (satp >>> 60);
    long physicalAddress =
        scheme == BARE ? virtualAddress : mapped(virtualAddress, access, mode, scheme - SV39 + 3);
    if (!hart.pmp.allows(physicalAddress, bytes, access, mode)) {
      throw accessFault(virtualAddress, access);
    }
    long page = physicalAddress & -4096L;
    return page | (hart.pmp.isUniform(page) ? WHOLE_PAGE : 0);
  }

  /// The physical address to which the hart's translations, or else the page tables, map a virtual
  /// one.
  private long mapped(long virtualAddress, Access access, int mode, int tables) {
    TranslationBuffer buffer = access == Access.EXECUTE ? code : data;
    long outdated = 0;
    for (int level = 0; buffer.levels() >>> level != 0; level++) {
      long entry = buffer.find(virtualAddress, level);
      if (entry != 0) {
        if (isPermitted(entry, access, mode) && (access != Access.WRITE || (entry & D) != 0)) {
          return address(entry, level, virtualAddress);
        }
        outdated = identity(entry, level);
      }
    }
    return walk(virtualAddress, access, mode, tables, outdated);
  }

  /// A leaf entry, which has nothing in its highest bits, with its level.
  private static long identity(long entry, int level) {
    return entry | (long) level + 1 << LEVEL_SHIFT;
  }

  private static long address(long entry, int level, long virtualAddress) {
    long inSuperpage = (1L << 12 + 9 * level) - 1;
    return (entry >>> 10 & PPN_MASK) << 12 | virtualAddress & inSuperpage;
  }

  /// Reads the page tables, and remembers the entry that it finds instead of `outdated`, which did
  /// not permit the access.
  private long walk(long virtualAddress, Access access, int mode, int tables, long outdated) {
    int unused = 64 - (12 + 9 * tables);
    if (virtualAddress << unused >> unused != virtualAddress) {
      throw pageFault(virtualAddress, access);
    }
    long table = (satp & PPN_MASK) << 12;
    for (int level = tables - 1; level >= 0; level--) {
      long slot = table + (virtualAddress >>> 12 + 9 * level & 0x1ff) * 8;
      if (!hart.pmp.allows(slot, 8, Access.READ, Mode.SUPERVISOR) || !frames.contains(slot)) {
        throw accessFault(virtualAddress, access);
      }
      long entry = frames.readLong(slot);
      if ((entry & V) == 0 || (entry & (R | W)) == W || (entry & RESERVED) != 0) {
        throw pageFault(virtualAddress, access);
      }
      if ((entry & (R | EXEC)) != 0) {
        entry = use(entry, slot, level, virtualAddress, access, mode);
        remember(virtualAddress, access, level, entry, outdated);
        return address(entry, level, virtualAddress);
      }
      if ((entry & (U | A | D)) != 0) {
        throw pageFault(virtualAddress, access);
      }
      table = (entry >>> 10 & PPN_MASK) << 12;
    }
    throw pageFault(virtualAddress, access);
  }

  /// Checks a leaf entry and sets its A and D bits; the entry as it is then.
  private long use(long entry, long slot, int level, long virtualAddress, Access access, int mode) {
    long unaligned = (1L << 9 * level) - 1 << 10;
    if (!isPermitted(entry, access, mode) || (entry & unaligned) != 0) {
      throw pageFault(virtualAddress, access);
    }
    long needed = access == Access.WRITE ? A | D : A;
    if ((entry & needed) == needed) {
      return entry;
    }
    if (!hart.environment.updatesAccessedAndDirty()) {
      throw pageFault(virtualAddress, access);
    }
    if (!hart.pmp.allows(slot, 8, Access.WRITE, Mode.SUPERVISOR)) {
      throw accessFault(virtualAddress, access);
    }
    hart.hold();
    frames.write(slot, 8, entry | needed);
    if (hart.release() && access != Access.EXECUTE) {
      // The page holds code too, perhaps what executes now. A load cannot end the loop, so the
      // instruction begins again, and finds the bits set.
      throw new TrapException(new Restart());
    }
    return entry | needed;
  }

  private void remember(long virtualAddress, Access access, int level, long entry, long outdated) {
    TranslationBuffer buffer = access == Access.EXECUTE ? code : data;
    if (buffer.isFullFor(virtualAddress, level)) {
      buffer.clear();
      forgetDerived(access);
    } else if (outdated != 0 && (outdated | D) != identity(entry | D, level)) {
      // The tables were changed without a fence. What was derived from the old entry for other
      // accesses must not outlive it.
      forgetDerived(access);
    }
    buffer.put(virtualAddress, level, entry);
  }

  /// Forgets all translations.
  void forgetAll() {
    code.clear();
    data.clear();
    forgetDerived(Access.EXECUTE);
    forgetDerived(Access.READ);
  }

  /// Forgets the translations of one address.
  void forget(long virtualAddress) {
    switch (data.forget(virtualAddress)) {
      case NOTHING -> {}
      case PAGE -> hart.memory.flushPage(virtualAddress);
      case SUPERPAGE -> hart.memory.flush();
    }
    switch (code.forget(virtualAddress)) {
      case NOTHING -> {}
      case PAGE -> hart.forgetPage(virtualAddress);
      case SUPERPAGE -> hart.forgetPages();
    }
  }

  /// Forgets what the hart only derived from translations for one kind of access.
  private void forgetDerived(Access access) {
    switch (access) {
      case READ, WRITE -> hart.memory.flush();
      case EXECUTE -> hart.forgetPages();
    }
  }

  void save(RecordWriter out) {
    out.putLong(satp);
    code.save(out);
    data.save(out);
  }

  void restore(RecordReader in) {
    satp = in.getLong();
    code.restore(in);
    data.restore(in);
  }

  private boolean isPermitted(long entry, Access access, int mode) {
    boolean userPage = (entry & U) != 0;
    if (mode == Mode.USER && !userPage) {
      return false;
    }
    if (mode == Mode.SUPERVISOR
        && userPage
        && (access == Access.EXECUTE || !hart.status.has(Status.SUM))) {
      return false;
    }
    return switch (access) {
      case READ -> (entry & R) != 0 || (entry & EXEC) != 0 && hart.status.has(Status.MXR);
      case WRITE -> (entry & W) != 0;
      case EXECUTE -> (entry & EXEC) != 0;
    };
  }

  private static TrapException pageFault(long virtualAddress, Access access) {
    return new TrapException(
        switch (access) {
          case READ -> new RiscvTrap.LoadPageFault(virtualAddress);
          case WRITE -> new RiscvTrap.StorePageFault(virtualAddress);
          case EXECUTE -> new RiscvTrap.InstructionPageFault(virtualAddress);
        });
  }

  @Override
  public TrapException accessFault(long virtualAddress, Access access) {
    return new TrapException(
        switch (access) {
          case READ -> new RiscvTrap.LoadAccessFault(virtualAddress);
          case WRITE -> new RiscvTrap.StoreAccessFault(virtualAddress);
          case EXECUTE -> new RiscvTrap.InstructionAccessFault(virtualAddress);
        });
  }
}
