package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.engine.Store;
import hospes.machine.Trap;
import hospes.memory.AddressSpace;
import org.jspecify.annotations.Nullable;

/// Floating-point loads and stores. RISC-V Unprivileged ISA 20240411, 21.5 and 22.3.
@Extension(value = "F, D", place = Place.CALLED, guard = "guard")
final class FloatLoadsStores {
  private FloatLoadsStores() {}

  static @Nullable Trap guard(Hart hart) {
    return hart.floats.guard();
  }

  /// Loads a single.
  @Instruction("flw rd, imm(rs1) : imm[11:0] rs1 010 rd 0000111")
  @F
  @Load
  static long flw(AddressSpace memory, @X long rs1, @Imm long imm) {
    return NanBox.box(memory.loadInt(rs1 + imm));
  }

  /// Loads a double.
  @Instruction("fld rd, imm(rs1) : imm[11:0] rs1 011 rd 0000111")
  @F
  @Load
  static long fld(AddressSpace memory, @X long rs1, @Imm long imm) {
    return memory.loadLong(rs1 + imm);
  }

  /// Stores a single.
  @Instruction("fsw rs2, imm(rs1) : imm[11:5] rs2 rs1 010 imm[4:0] 0100111")
  @Store
  static void fsw(AddressSpace memory, @X long rs1, @F int rs2, @Imm long imm) {
    memory.storeInt(rs1 + imm, rs2);
  }

  /// Stores a double.
  @Instruction("fsd rs2, imm(rs1) : imm[11:5] rs2 rs1 011 imm[4:0] 0100111")
  @Store
  static void fsd(AddressSpace memory, @X long rs1, @F long rs2, @Imm long imm) {
    memory.storeLong(rs1 + imm, rs2);
  }
}
