package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.memory.AddressSpace;

/// Loads. RISC-V Unprivileged ISA 20240411, 2.6 and 4.3.
@Extension("I")
final class Loads {
  private Loads() {}

  /// Loads a byte, sign-extended.
  @Instruction("lb rd, imm(rs1) : imm[11:0] rs1 000 rd 0000011")
  @Load
  static int lb(AddressSpace memory, @X long rs1, @Imm long imm) {
    return (byte) memory.loadByte(rs1 + imm);
  }

  /// Loads two bytes, sign-extended.
  @Instruction("lh rd, imm(rs1) : imm[11:0] rs1 001 rd 0000011")
  @Load
  static int lh(AddressSpace memory, @X long rs1, @Imm long imm) {
    return (short) memory.loadShort(rs1 + imm);
  }

  /// Loads four bytes, sign-extended.
  @Instruction("lw rd, imm(rs1) : imm[11:0] rs1 010 rd 0000011")
  @Load
  static int lw(AddressSpace memory, @X long rs1, @Imm long imm) {
    return memory.loadInt(rs1 + imm);
  }

  /// Loads eight bytes.
  @Instruction("ld rd, imm(rs1) : imm[11:0] rs1 011 rd 0000011")
  @Load
  static long ld(AddressSpace memory, @X long rs1, @Imm long imm) {
    return memory.loadLong(rs1 + imm);
  }

  /// Loads a byte, zero-extended.
  @Instruction("lbu rd, imm(rs1) : imm[11:0] rs1 100 rd 0000011")
  @Load
  static int lbu(AddressSpace memory, @X long rs1, @Imm long imm) {
    return memory.loadByte(rs1 + imm);
  }

  /// Loads two bytes, zero-extended.
  @Instruction("lhu rd, imm(rs1) : imm[11:0] rs1 101 rd 0000011")
  @Load
  static int lhu(AddressSpace memory, @X long rs1, @Imm long imm) {
    return memory.loadShort(rs1 + imm);
  }

  /// Loads four bytes, zero-extended.
  @Instruction("lwu rd, imm(rs1) : imm[11:0] rs1 110 rd 0000011")
  @Load
  static long lwu(AddressSpace memory, @X long rs1, @Imm long imm) {
    return Integer.toUnsignedLong(memory.loadInt(rs1 + imm));
  }
}
