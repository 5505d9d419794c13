package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.Pc;

/// Unconditional jumps. RISC-V Unprivileged ISA 20240411, 2.5.1.
@Extension("I")
final class Jumps {
  private Jumps() {}

  /// Jumps, leaving the address of the next instruction in rd.
  @Instruction("jal rd, offset : offset[20|10:1|11|19:12] rd 1101111")
  @Alias({"j offset = jal x0, offset", "jal offset = jal x1, offset"})
  @Jump
  static long jal(@Pc long pc, @Offset long offset) {
    return pc + offset;
  }

  /// Jumps to a register plus an immediate, leaving the address of the next instruction in rd.
  @Instruction("jalr rd, imm(rs1) : imm[11:0] rs1 000 rd 1100111")
  @Alias({
    "ret = jalr x0, 0(x1)",
    "jr rs1 = jalr x0, 0(rs1)",
    "jr imm(rs1) = jalr x0, imm(rs1)",
    "jalr rs1 = jalr x1, 0(rs1)",
    "jalr imm(rs1) = jalr x1, imm(rs1)",
    "jalr rd, rs1 = jalr rd, 0(rs1)"
  })
  @Jump
  static long jalr(@X long rs1, @Imm long imm) {
    return rs1 + imm & ~1;
  }
}
