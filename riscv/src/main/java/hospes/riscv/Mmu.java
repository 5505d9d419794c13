package hospes.riscv;

import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.FrameTable;
import hospes.memory.Translator;
import java.util.Arrays;

/// Virtual memory: Bare, Sv39, Sv48 and Sv57. RISC-V Privileged ISA 20240411, 11.3 to 11.6.
final class Mmu implements Translator {
  private static final int BARE = 0;
  private static final int SV39 = 8;
  private static final int SV57 = 10;
  private static final long PPN_MASK = (1L << 44) - 1;

  private static final long V = 1;
  private static final long R = 1 << 1;
  private static final long W = 1 << 2;
  private static final long EXEC = 1 << 3;
  private static final long U = 1 << 4;
  private static final long A = 1 << 6;
  private static final long D = 1 << 7;

  /// Reserved, Svpbmt and Svnapot bits, which are not implemented and must be zero.
  private static final long RESERVED = 0xffc0_0000_0000_0000L;

  private final Hart hart;
  private final FrameTable frames;
  private long satp;

  /// The range of addresses in which superpages were seen, for the lower and the upper half of the
  /// address space. The TLB holds a superpage as many small ones, so a fence for any address in it
  /// must drop them all.
  private final long[] superpagesFrom = {Long.MAX_VALUE, Long.MAX_VALUE};

  private final long[] superpagesTo = {Long.MIN_VALUE, Long.MIN_VALUE};

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

  void restoreSatp(long value) {
    satp = value;
  }

  @Override
  public long translate(long virtualAddress, Access access, int bytes) {
    int mode = access == Access.EXECUTE ? hart.mode() : hart.dataMode();
    int scheme = mode == Mode.MACHINE ? BARE : (int) (satp >>> 60);
    long physicalAddress =
        scheme == BARE ? virtualAddress : walk(virtualAddress, access, mode, scheme - SV39 + 3);
    if (!hart.pmp.allows(physicalAddress, bytes, access, mode)) {
      throw accessFault(virtualAddress, access);
    }
    long page = physicalAddress & -4096L;
    return page | (hart.pmp.isUniform(page) ? WHOLE_PAGE : 0);
  }

  private long walk(long virtualAddress, Access access, int mode, int levels) {
    int unused = 64 - (12 + 9 * levels);
    if (virtualAddress << unused >> unused != virtualAddress) {
      throw pageFault(virtualAddress, access);
    }
    long table = (satp & PPN_MASK) << 12;
    for (int level = levels - 1; level >= 0; level--) {
      long slot = table + (virtualAddress >>> 12 + 9 * level & 0x1ff) * 8;
      if (!hart.pmp.allows(slot, 8, Access.READ, Mode.SUPERVISOR) || !frames.contains(slot, 8)) {
        throw accessFault(virtualAddress, access);
      }
      long entry = frames.read(slot, 8);
      if ((entry & V) == 0 || (entry & (R | W)) == W || (entry & RESERVED) != 0) {
        throw pageFault(virtualAddress, access);
      }
      long page = (entry >>> 10 & PPN_MASK) << 12;
      if ((entry & (R | EXEC)) != 0) {
        return leaf(virtualAddress, access, mode, level, slot, entry, page);
      }
      if ((entry & (U | A | D)) != 0) {
        throw pageFault(virtualAddress, access);
      }
      table = page;
    }
    throw pageFault(virtualAddress, access);
  }

  private long leaf(
      long virtualAddress, Access access, int mode, int level, long slot, long entry, long page) {
    long inSuperpage = (1L << 12 + 9 * level) - 1;
    if (!isPermitted(entry, access, mode) || (page & inSuperpage) != 0) {
      throw pageFault(virtualAddress, access);
    }
    long needed = access == Access.WRITE ? A | D : A;
    if ((entry & needed) != needed) {
      if (!hart.environment.updatesAccessedAndDirty()) {
        throw pageFault(virtualAddress, access);
      }
      if (!hart.pmp.allows(slot, 8, Access.WRITE, Mode.SUPERVISOR)) {
        throw accessFault(virtualAddress, access);
      }
      frames.write(slot, 8, entry | needed);
    }
    if (level > 0) {
      int half = (int) (virtualAddress >>> 63);
      superpagesFrom[half] = Math.min(superpagesFrom[half], virtualAddress & ~inSuperpage);
      superpagesTo[half] = Math.max(superpagesTo[half], virtualAddress | inSuperpage);
    }
    return page | virtualAddress & inSuperpage;
  }

  /// Whether a superpage that was translated may hold the address.
  boolean mayBeInSuperpage(long virtualAddress) {
    int half = (int) (virtualAddress >>> 63);
    return virtualAddress >= superpagesFrom[half] && virtualAddress <= superpagesTo[half];
  }

  /// All translations were forgotten.
  void forgetSuperpages() {
    Arrays.fill(superpagesFrom, Long.MAX_VALUE);
    Arrays.fill(superpagesTo, Long.MIN_VALUE);
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
