package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Compressed;
import hospes.engine.Extension;

/// Short encodings of computation and control flow. RISC-V Unprivileged ISA 20240411, 27.4 and
/// 27.5.
@Extension("C")
@Compressed({
  "c.unimp : 0000000000000000 => unimp",
  "c.addi4spn rd', sp, uimm : 000 uimm[5:4|9:6|2|3]!=0 rd' 00 => addi rd', x2, uimm",
  "c.addi rd, imm : 000 imm[5] rd imm[4:0] 01 => addi rd, rd, imm",
  "c.addiw rd, imm : 001 imm[5] rd!=0 imm[4:0] 01 => addiw rd, rd, imm",
  "c.li rd, imm : 010 imm[5] rd imm[4:0] 01 => addi rd, x0, imm",
  "c.addi16sp sp, imm : 011 imm[9] 00010 imm[4|6|8:7|5]!=0 01 => addi x2, x2, imm",
  "c.lui rd, imm : 011 imm[17] rd!=2 imm[16:12]!=0 01 => lui rd, imm",
  "c.srli rd', shamt : 100 shamt[5] 00 rd' shamt[4:0] 01 => srli rd', rd', shamt",
  "c.srli64 rd' : 100 0 00 rd' 00000 01 => srli rd', rd', 0",
  "c.srai rd', shamt : 100 shamt[5] 01 rd' shamt[4:0] 01 => srai rd', rd', shamt",
  "c.srai64 rd' : 100 0 01 rd' 00000 01 => srai rd', rd', 0",
  "c.andi rd', imm : 100 imm[5] 10 rd' imm[4:0] 01 => andi rd', rd', imm",
  "c.sub rd', rs2' : 100011 rd' 00 rs2' 01 => sub rd', rd', rs2'",
  "c.xor rd', rs2' : 100011 rd' 01 rs2' 01 => xor rd', rd', rs2'",
  "c.or rd', rs2' : 100011 rd' 10 rs2' 01 => or rd', rd', rs2'",
  "c.and rd', rs2' : 100011 rd' 11 rs2' 01 => and rd', rd', rs2'",
  "c.subw rd', rs2' : 100111 rd' 00 rs2' 01 => subw rd', rd', rs2'",
  "c.addw rd', rs2' : 100111 rd' 01 rs2' 01 => addw rd', rd', rs2'",
  "c.j offset : 101 offset[11|4|9:8|10|6|7|3:1|5] 01 => jal x0, offset",
  "c.beqz rs1', offset : 110 offset[8|4:3] rs1' offset[7:6|2:1|5] 01 => beq rs1', x0, offset",
  "c.bnez rs1', offset : 111 offset[8|4:3] rs1' offset[7:6|2:1|5] 01 => bne rs1', x0, offset",
  "c.slli rd, shamt : 000 shamt[5] rd shamt[4:0] 10 => slli rd, rd, shamt",
  "c.slli64 rd : 000 0 rd 00000 10 => slli rd, rd, 0",
  "c.jr rs1 : 1000 rs1!=0 00000 10 => jalr x0, 0(rs1)",
  "c.mv rd, rs2 : 1000 rd rs2!=0 10 => add rd, x0, rs2",
  "c.ebreak : 1001 00000 00000 10 => ebreak",
  "c.jalr rs1 : 1001 rs1!=0 00000 10 => jalr x1, 0(rs1)",
  "c.add rd, rs2 : 1001 rd rs2!=0 10 => add rd, rd, rs2"
})
@Alias({
  "nop = c.addi x0, 0",
  "c.nop = c.addi x0, 0",
  "c.nop imm = c.addi x0, imm",
  "add rd, rd, 0 = c.addi rd, 0",
  "c.li zero, imm = c.li x0, imm",
  "c.lui zero, imm = c.lui x0, imm",
  "c.srli64 rd' = c.srli64 rd'",
  "c.srai64 rd' = c.srai64 rd'",
  "c.slli64 rd = c.slli64 rd",
  "c.slli zero, shamt = c.slli x0, shamt",
  "c.mv zero, rs2 = c.mv x0, rs2",
  "mv rd, rs2 = c.mv rd, rs2",
  "c.add zero, rs2 = c.add x0, rs2"
})
final class CompressedIntegers {
  private CompressedIntegers() {}
}
