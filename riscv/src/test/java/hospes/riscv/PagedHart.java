package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.EngineSettings;
import hospes.machine.Snapshot;
import hospes.machine.TrapException;
import hospes.memory.DeviceAccess;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;

/// A hart in S-mode under Sv39, whose page tables a test writes.
final class PagedHart implements AutoCloseable {
  static final long RAM = 0x8000_0000L;
  static final long PAGE = FramePool.FRAME_SIZE;

  static final long VALID = 1;
  static final long READ = 1 << 1;
  static final long WRITE = 1 << 2;
  static final long EXECUTE = 1 << 3;
  static final long ACCESSED = 1 << 6;
  static final long DIRTY = 1 << 7;

  private static final long ROOT = RAM;
  private static final long SIZE = 64L << 20;
  private static final long SV39 = 8L << 60;

  final FramePool pool = new FramePool();
  final FrameTable frames = new FrameTable(pool, RAM, SIZE);
  final CodeCache code = RiscvCode.cache(frames, EngineSettings.interpreter());
  final Hart hart = new Hart(0, frames, new NoDevices(), code, () -> 0, null);
  private long free = RAM + PAGE;

  PagedHart() {
    hart.openToSupervisor();
    hart.start(Mode.SUPERVISOR, RAM, 0);
    hart.mmu.setSatp(SV39 | ROOT >>> 12);
    hart.forgetTranslations();
  }

  private static final class NoDevices implements DeviceAccess {
    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return false;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      throw new AssertionError();
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      throw new AssertionError();
    }
  }

  /// Maps a page (`level` 0) or a superpage, without a fence.
  void map(long virtualAddress, int level, long physicalAddress, long flags) {
    frames.write(slot(virtualAddress, level), 8, physicalAddress >>> 12 << 10 | flags | VALID);
  }

  /// What the page tables say now.
  long entry(long virtualAddress, int level) {
    return frames.read(slot(virtualAddress, level), 8);
  }

  private long slot(long virtualAddress, int level) {
    long table = ROOT;
    for (int l = 2; l > level; l--) {
      long slot = table + (virtualAddress >>> 12 + 9 * l & 511) * 8;
      if (frames.read(slot, 8) == 0) {
        frames.write(slot, 8, free >>> 12 << 10 | VALID);
        free += PAGE;
      }
      table = frames.read(slot, 8) >>> 10 << 12;
    }
    return table + (virtualAddress >>> 12 + 9 * level & 511) * 8;
  }

  long load(long virtualAddress) {
    return hart.memory.loadLong(virtualAddress);
  }

  void store(long virtualAddress, long value) {
    hart.memory.storeLong(virtualAddress, value);
  }

  /// Fetches and executes the instruction at an address; whether it was executed.
  boolean execute(long virtualAddress) {
    hart.pc = virtualAddress;
    hart.execute(1);
    return hart.pc == virtualAddress + 4;
  }

  /// SFENCE.VMA for an address, or for all where there is none.
  void fence(long virtualAddress) {
    hart.x[5] = virtualAddress;
    hart.privilege.fenceTranslations(5);
  }

  void fenceAll() {
    hart.privilege.fenceTranslations(0);
  }

  /// Allows `permissions` (R, W, X from bit 0) in a naturally aligned power of 2 of physical
  /// memory, and everything elsewhere.
  void protect(long physicalAddress, long bytes, long permissions) {
    hart.pmp.writeAddress(0, physicalAddress >>> 2 | (bytes >>> 3) - 1);
    hart.pmp.writeAddress(1, (1L << 54) - 1);
    hart.pmp.writeConfig(0, 0x18 | permissions | 0x1f << 8);
    hart.forgetTranslations();
  }

  boolean faults(Runnable access) {
    try {
      access.run();
      return false;
    } catch (TrapException trap) {
      return true;
    }
  }

  /// Saves the hart, and restores another one in its place from that.
  Hart copy() {
    Snapshot snapshot = new Snapshot();
    snapshot.add(hart.toRecord());
    Hart copy = new Hart(0, frames, new NoDevices(), code, () -> 0, null);
    snapshot.restore(copy);
    return copy;
  }

  @Override
  public void close() {
    hart.close();
    frames.close();
    pool.close();
  }
}
