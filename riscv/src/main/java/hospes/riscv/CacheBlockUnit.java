package hospes.riscv;

import hospes.machine.TrapException;
import hospes.memory.Access;

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
    long block = address & -BLOCK;
    if (!mayReach(block, Access.READ) && !mayReach(block, Access.EXECUTE)) {
      hart.memory.checkStore(block, BLOCK);
    }
  }

  /// Whether a block may be accessed in a way. Managing one takes any permission, and fails as a
  /// store does (19.5).
  private boolean mayReach(long block, Access access) {
    try {
      hart.memory.physical(block, access, BLOCK);
      return true;
    } catch (TrapException notPermitted) {
      return false;
    }
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
