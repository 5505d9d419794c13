package hospes.riscv;

import hospes.engine.Compressed;
import hospes.engine.Extension;

/// Short encodings of floating-point loads and stores. RISC-V Unprivileged ISA 20240411, 27.3.
@Extension("C")
@Compressed({
  "c.fld rd', uimm(rs1') : 001 uimm[5:3] rs1' uimm[7:6] rd' 00 => fld rd', uimm(rs1')",
  "c.fsd rs2', uimm(rs1') : 101 uimm[5:3] rs1' uimm[7:6] rs2' 00 => fsd rs2', uimm(rs1')",
  "c.fldsp rd, uimm(sp) : 001 uimm[5] rd uimm[4:3|8:6] 10 => fld rd, uimm(x2)",
  "c.fsdsp rs2, uimm(sp) : 101 uimm[5:3|8:6] rs2 10 => fsd rs2, uimm(x2)"
})
final class CompressedFloats {
  private CompressedFloats() {}
}
