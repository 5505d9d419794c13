package hospes.riscv;

import hospes.engine.Compressed;
import hospes.engine.Extension;

/// Short encodings of loads and stores. RISC-V Unprivileged ISA 20240411, 27.3.
@Extension("C")
@Compressed({
  "c.lw rd', uimm(rs1') : 010 uimm[5:3] rs1' uimm[2|6] rd' 00 => lw rd', uimm(rs1')",
  "c.ld rd', uimm(rs1') : 011 uimm[5:3] rs1' uimm[7:6] rd' 00 => ld rd', uimm(rs1')",
  "c.sw rs2', uimm(rs1') : 110 uimm[5:3] rs1' uimm[2|6] rs2' 00 => sw rs2', uimm(rs1')",
  "c.sd rs2', uimm(rs1') : 111 uimm[5:3] rs1' uimm[7:6] rs2' 00 => sd rs2', uimm(rs1')",
  "c.lwsp rd, uimm(sp) : 010 uimm[5] rd!=0 uimm[4:2|7:6] 10 => lw rd, uimm(x2)",
  "c.ldsp rd, uimm(sp) : 011 uimm[5] rd!=0 uimm[4:3|8:6] 10 => ld rd, uimm(x2)",
  "c.swsp rs2, uimm(sp) : 110 uimm[5:2|7:6] rs2 10 => sw rs2, uimm(x2)",
  "c.sdsp rs2, uimm(sp) : 111 uimm[5:3|8:6] rs2 10 => sd rs2, uimm(x2)"
})
final class CompressedMemory {
  private CompressedMemory() {}
}
