package hospes.riscv;

import hospes.machine.TrapException;

/// Cache-block management and zeroing. There is no cache to manage, so only the checks and the
/// zeroing can be seen. RISC-V Unprivileged ISA 20240411, 19.
final class CacheBlockUnit {
  /// What a management instruction does.
  enum Operation {
    INVALIDATE,
    CLEAN
  }

  /// Bytes in a cache block.
  static final int BLOCK = 64;

  private final Hart hart;

  CacheBlockUnit(Hart hart) {
    this.hart = hart;
  }

  void manage(long address, Operation operation) {
    check(
        switch (operation) {
          case INVALIDATE -> hart.environment.allowsInvalidate(hart.mode());
          case CLEAN -> hart.environment.allowsClean(hart.mode());
        });
    hart.memory.checkStore(address & -BLOCK, BLOCK);
  }

  void zero(long address) {
    check(hart.environment.allowsZero(hart.mode()));
    for (int i = 0; i < BLOCK; i += Long.BYTES) {
      hart.memory.storeLong((address & -BLOCK) + i, 0);
    }
  }

  private static void check(boolean allowed) {
    if (!allowed) {
      throw new TrapException(new RiscvTrap.IllegalInstruction());
    }
  }
}
