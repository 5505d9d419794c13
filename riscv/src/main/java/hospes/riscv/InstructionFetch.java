package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.FrameTable;

/// Where a hart's instructions come from, as far as they are not in a page of code that it knows.
final class InstructionFetch {
  private static final long PAGE_BYTES = 1L << CodePage.SHIFT;

  private final Hart hart;
  private final FrameTable frames;
  private final CodeCache codeCache;
  private final CodePage straddling;

  InstructionFetch(Hart hart, FrameTable frames, CodeCache codeCache) {
    this.hart = hart;
    this.frames = frames;
    this.codeCache = codeCache;
    this.straddling = CodePage.detached(new RiscvDecoder(), frames);
  }

  /// The physical address of the halfword at an address, which is RAM.
  ///
  /// @throws TrapException where it must not be executed
  long physicalAddress(long address) {
    long physicalAddress = hart.memory.physical(address, Access.EXECUTE, 2);
    if (!frames.contains(physicalAddress)) {
      throw hart.mmu.accessFault(address, Access.EXECUTE);
    }
    return physicalAddress;
  }

  /// The decoded code of a page.
  CodePage page(long physicalAddress) {
    return codeCache.page(physicalAddress);
  }

  /// Whether PMP gives the whole page of an address the same rights, so that what may be fetched
  /// from one place in it may be fetched from all.
  boolean isPageUniform(long physicalAddress) {
    return hart.pmp.isUniform(physicalAddress & -PAGE_BYTES);
  }

  /// Checks the second half of the instruction at `pc`, for a page that PMP divides. One that goes
  /// on in the next page is checked when it is put together.
  ///
  /// @param physicalAddress that of its first half
  /// @throws TrapException where it must not be executed
  void checkSecondHalf(long pc, long physicalAddress) {
    boolean isShort = (frames.read(physicalAddress, 2) & 3) != 3;
    boolean straddles = (pc & PAGE_BYTES - 1) == PAGE_BYTES - 2;
    if (!isShort && !straddles) {
      physicalAddress(pc + 2);
    }
  }

  /// A page whose last slot holds the instruction at `pc`, which goes on in the next page.
  ///
  /// @throws TrapException where one of its halves must not be executed
  CodePage straddling(long pc) {
    int bits =
        (int) frames.read(physicalAddress(pc), 2)
            | (int) frames.read(physicalAddress(pc + 2), 2) << 16;
    straddling.put(CodeLayout.HALFWORDS.slots() - 1, new RiscvDecoder().decode(bits));
    return straddling;
  }

  /// The word of the instruction at `pc`, which was fetched before and so can be again; 0 where it
  /// is gone.
  long word(long pc) {
    try {
      long low = frames.read(physicalAddress(pc), 2);
      return (low & 3) == 3 ? low | frames.read(physicalAddress(pc + 2), 2) << 16 : low;
    } catch (TrapException gone) {
      return 0;
    }
  }
}
