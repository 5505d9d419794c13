package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Serializing;

/// Access to control and status registers. RISC-V Unprivileged ISA 20240411, 6 and 8.
@Extension(value = "Zicsr, Zicntr", place = Place.CALLED)
final class CsrAccess {
  private CsrAccess() {}

  /// Swaps a CSR with a register.
  @Instruction("csrrw rd, csr, rs1 : csr rs1 001 rd 1110011")
  @Alias({
    "fscsr rs1 = csrrw x0, 3, rs1",
    "fsrm rs1 = csrrw x0, 2, rs1",
    "fsflags rs1 = csrrw x0, 1, rs1",
    "csrw csr, rs1 = csrrw x0, csr, rs1",
    "fscsr rd, rs1 = csrrw rd, 3, rs1",
    "fsrm rd, rs1 = csrrw rd, 2, rs1",
    "fsflags rd, rs1 = csrrw rd, 1, rs1"
  })
  @Serializing
  static long csrrw(Hart hart, @X long rs1, @Csr int csr) {
    return hart.csrs.swap(csr, rs1);
  }

  /// Reads a CSR and sets the bits of a register in it.
  @Instruction("csrrs rd, csr, rs1 : csr rs1 010 rd 1110011")
  @Alias({
    "frcsr rd = csrrs rd, 3, x0",
    "frrm rd = csrrs rd, 2, x0",
    "frflags rd = csrrs rd, 1, x0",
    "rdcycle rd = csrrs rd, 3072, x0",
    "rdtime rd = csrrs rd, 3073, x0",
    "rdinstret rd = csrrs rd, 3074, x0",
    "csrr rd, csr = csrrs rd, csr, x0",
    "csrs csr, rs1 = csrrs x0, csr, rs1"
  })
  @Serializing
  static long csrrs(Hart hart, @Index int rs1, @Csr int csr) {
    return rs1 == 0 ? hart.csrs.read(csr) : hart.csrs.set(csr, hart.x[rs1]);
  }

  /// Reads a CSR and clears the bits of a register in it.
  @Instruction("csrrc rd, csr, rs1 : csr rs1 011 rd 1110011")
  @Alias("csrc csr, rs1 = csrrc x0, csr, rs1")
  @Serializing
  static long csrrc(Hart hart, @Index int rs1, @Csr int csr) {
    return rs1 == 0 ? hart.csrs.read(csr) : hart.csrs.clear(csr, hart.x[rs1]);
  }

  /// Swaps a CSR with an immediate.
  @Instruction("csrrwi rd, csr, uimm : csr uimm[4:0] 101 rd 1110011")
  @Alias({
    "fsrmi rd, uimm = csrrwi rd, 2, uimm",
    "fsflagsi rd, uimm = csrrwi rd, 1, uimm",
    "fsrmi uimm = csrrwi x0, 2, uimm",
    "fsflagsi uimm = csrrwi x0, 1, uimm",
    "csrw csr, uimm = csrrwi x0, csr, uimm",
    "csrwi csr, uimm = csrrwi x0, csr, uimm",
    "csrrw rd, csr, uimm = csrrwi rd, csr, uimm"
  })
  @Serializing
  static long csrrwi(Hart hart, @UImm int uimm, @Csr int csr) {
    return hart.csrs.swap(csr, uimm);
  }

  /// Reads a CSR and sets the bits of an immediate in it.
  @Instruction("csrrsi rd, csr, uimm : csr uimm[4:0] 110 rd 1110011")
  @Alias({
    "csrs csr, uimm = csrrsi x0, csr, uimm",
    "csrsi csr, uimm = csrrsi x0, csr, uimm",
    "csrrs rd, csr, uimm = csrrsi rd, csr, uimm"
  })
  @Serializing
  static long csrrsi(Hart hart, @UImm int uimm, @Csr int csr) {
    return uimm == 0 ? hart.csrs.read(csr) : hart.csrs.set(csr, uimm);
  }

  /// Reads a CSR and clears the bits of an immediate in it.
  @Instruction("csrrci rd, csr, uimm : csr uimm[4:0] 111 rd 1110011")
  @Alias({
    "csrc csr, uimm = csrrci x0, csr, uimm",
    "csrci csr, uimm = csrrci x0, csr, uimm",
    "csrrc rd, csr, uimm = csrrci rd, csr, uimm"
  })
  @Serializing
  static long csrrci(Hart hart, @UImm int uimm, @Csr int csr) {
    return uimm == 0 ? hart.csrs.read(csr) : hart.csrs.clear(csr, uimm);
  }
}
