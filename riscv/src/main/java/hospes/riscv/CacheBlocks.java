package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.engine.Store;

/// Cache blocks. They have 64 bytes; there is no cache, so only the checks and the zeroing are
/// seen. RISC-V Unprivileged ISA 20240411, 19.
@Extension(value = "Zicbom, Zicboz", place = Place.CALLED)
final class CacheBlocks {
  private CacheBlocks() {}

  /// Invalidates a cache block.
  @Instruction("cbo.inval (rs1) : 000000000000 rs1 010 00000 0001111")
  @Load
  static void inval(Hart hart, @X long rs1) {
    hart.cacheBlocks.manage(rs1, CacheBlockUnit.Operation.INVALIDATE);
  }

  /// Writes a cache block back.
  @Instruction("cbo.clean (rs1) : 000000000001 rs1 010 00000 0001111")
  @Load
  static void clean(Hart hart, @X long rs1) {
    hart.cacheBlocks.manage(rs1, CacheBlockUnit.Operation.CLEAN);
  }

  /// Writes a cache block back and invalidates it.
  @Instruction("cbo.flush (rs1) : 000000000010 rs1 010 00000 0001111")
  @Load
  static void flush(Hart hart, @X long rs1) {
    hart.cacheBlocks.manage(rs1, CacheBlockUnit.Operation.CLEAN);
  }

  /// Zeroes a cache block (Zicboz).
  @Instruction("cbo.zero (rs1) : 000000000100 rs1 010 00000 0001111")
  @Store
  static void zero(Hart hart, @X long rs1) {
    hart.cacheBlocks.zero(rs1);
  }
}
