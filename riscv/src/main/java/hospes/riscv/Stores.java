package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Instruction;
import hospes.engine.Store;
import hospes.memory.AddressSpace;

/// Stores. RISC-V Unprivileged ISA 20240411, 2.6 and 4.3.
@Extension("I")
final class Stores {
  private Stores() {}

  /// Stores a byte.
  @Instruction("sb rs2, imm(rs1) : imm[11:5] rs2 rs1 000 imm[4:0] 0100011")
  @Store
  static void sb(AddressSpace memory, @X long rs1, @X int rs2, @Imm long imm) {
    memory.storeByte(rs1 + imm, rs2);
  }

  /// Stores two bytes.
  @Instruction("sh rs2, imm(rs1) : imm[11:5] rs2 rs1 001 imm[4:0] 0100011")
  @Store
  static void sh(AddressSpace memory, @X long rs1, @X int rs2, @Imm long imm) {
    memory.storeShort(rs1 + imm, rs2);
  }

  /// Stores four bytes.
  @Instruction("sw rs2, imm(rs1) : imm[11:5] rs2 rs1 010 imm[4:0] 0100011")
  @Store
  static void sw(AddressSpace memory, @X long rs1, @X int rs2, @Imm long imm) {
    memory.storeInt(rs1 + imm, rs2);
  }

  /// Stores eight bytes.
  @Instruction("sd rs2, imm(rs1) : imm[11:5] rs2 rs1 011 imm[4:0] 0100011")
  @Store
  static void sd(AddressSpace memory, @X long rs1, @X long rs2, @Imm long imm) {
    memory.storeLong(rs1 + imm, rs2);
  }
}
