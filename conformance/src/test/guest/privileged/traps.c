// Exceptions: each cause in each mode, what the trap leaves in the registers, delegation, and the way back.
#include "runtime.h"

CODE(do_ecall, "ecall")
CODE(do_ebreak, ".option push\n.option norvc\nebreak\n.option pop")
CODE(do_short_ebreak, "c.ebreak")
CODE(do_zero, ".half 0, 0")
CODE(do_ones, ".word 0xffffffff")
CODE(do_reserved, ".word 0x0000007b")
CODE(do_missing_csr, "csrr a0, 0x5c0\nret")
CODE(do_load, "ld a0, 0(a0)\nret")
CODE(do_store, "sd a0, 0(a0)\nret")
CODE(do_amo, "amoadd.d a0, a0, (a0)\nret")
CODE(do_lr, "lr.d a0, (a0)\nret")
CODE(do_sc, "sc.d a1, a0, (a0)\nmv a0, a1\nret")
CODE(do_amo_word, "amoadd.w a0, a0, (a0)\nret")
CODE(do_jump, "jr a0")
CODE(do_jump_odd, "la a1, 1f + 1\njr a1\n1: li a0, 7\nret")
CODE(do_mret, "mret")
CODE(do_sret, "sret")
CODE(do_wfi, "csrwi sie, 0\nwfi\nret")
CODE(do_user_wfi, "wfi\nret")
CODE(do_sfence, "sfence.vma\nli a0, 1\nret")
CODE(do_read_satp, "csrr a0, satp\nret")
CODE(do_write_satp, "csrw satp, zero\nli a0, 1\nret")
CODE(do_read_status, "csrr a0, sstatus\nret")
CODE(do_read_machine, "csrr a0, mstatus\nret")
CODE(do_return, "ret")
CODE(do_late, "nop\nc.nop\n.word 0xffffffff")

static void causes(const char *suffix, int mode) {
  print("-- causes in ");
  print(suffix);
  print("\n");
  check("ecall", mode, do_ecall, 0);
  check("ebreak", mode, do_ebreak, 0);
  check("c.ebreak", mode, do_short_ebreak, 0);
  check("illegal 0", mode, do_zero, 0);
  check("illegal ones", mode, do_ones, 0);
  check("illegal reserved opcode", mode, do_reserved, 0);
  check("illegal csr", mode, do_missing_csr, 0);
  check("illegal behind others", mode, do_late, 0);
  check("load from nowhere", mode, do_load, 0x50);
  check("load from nowhere, misaligned", mode, do_load, 0x53);
  check("store to nowhere", mode, do_store, 0x50);
  check("amo to nowhere", mode, do_amo, 0x50);
  check("lr from nowhere", mode, do_lr, 0x50);
  check("fetch from nowhere", mode, do_jump, 0x50);
  check("misaligned amo.d", mode, do_amo, (u64)end_of_program + 4);
  check("misaligned amo.w", mode, do_amo_word, (u64)end_of_program + 2);
  check("misaligned lr", mode, do_lr, (u64)end_of_program + 4);
  check("jump to an odd address", mode, do_jump_odd, 0);
  check("load from the end of memory", mode, do_load, 0x88000000);
  check("load over the end of memory", mode, do_load, 0x87fffffc);
  check("store over the end of memory", mode, do_store, 0x87fffffc);
  tell("what it left there", *(volatile u32 *)0x87fffffcUL);
  *(volatile u32 *)0x87fffffcUL = 0;
}

// What a trap does to the stack of modes and interrupt enables, for each value that it finds.
static void stacking(void) {
  print("-- stacking\n");
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    for (int enabled = 0; enabled < 2; enabled++) {
      clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP);
      write_csr(mie, 0);
      set_csr(mstatus, enabled ? MPIE | SIE : SPIE);
      check("to M", mode, do_ecall, 0);
      clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP);
      set_csr(mstatus, enabled ? MPIE | SIE : SPIE);
      write_csr(medeleg, 0x101 | 1 << 2 | 1 << 3);
      check("to S", mode, do_ones, 0);
      write_csr(medeleg, 0);
    }
  }
  clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP);
}

// Returns from a trap: where to, and what is left.
static void returns(void) {
  print("-- returns\n");
  for (int previous = 0; previous < 4; previous++) {
    if (previous == 2) {
      continue;
    }
    for (int enabled = 0; enabled < 2; enabled++) {
      clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP | MPRV);
      set_csr(mstatus, MPRV | (enabled ? MPIE : 0));
      run(previous, do_ecall, 0);
      report("mret");
      clear_csr(mstatus, MPRV);
    }
  }
  for (int user = 0; user < 2; user++) {
    for (int mode = SUPERVISOR; mode <= MACHINE; mode += 2) {
      clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP | MPRV);
      set_csr(mstatus, (user ? 0 : SPP) | SPIE | (mode == MACHINE ? MPRV : 0));
      write_csr(sepc, do_ecall);
      run(mode, do_sret, 0);
      print(user ? "sret to U from " : "sret to S from ");
      print_hex((u64)mode);
      report("");
    }
  }
  clear_csr(mstatus, MIE | SIE | SPIE | MPIE | SPP | MPRV);
  check("mret in S", SUPERVISOR, do_mret, 0);
  check("mret in U", USER, do_mret, 0);
  check("sret in U", USER, do_sret, 0);
  write_csr(sepc, do_ecall);
  set_csr(mstatus, TSR);
  check("sret in S with TSR", SUPERVISOR, do_sret, 0);
  set_csr(mstatus, SPP);
  check("sret in M with TSR", MACHINE, do_sret, 0);
  clear_csr(mstatus, TSR);
}

// TVM and TW, and instructions that lower modes may not use.
static void restrictions(void) {
  print("-- restrictions\n");
  write_csr(mie, 0);
  for (int on = 0; on < 2; on++) {
    clear_csr(mstatus, TVM | TW);
    if (on) {
      set_csr(mstatus, TVM | TW);
    }
    tell("TVM and TW", (u64)on);
    check("sfence in S", SUPERVISOR, do_sfence, 0);
    check("sfence in M", MACHINE, do_sfence, 0);
    check("sfence in U", USER, do_sfence, 0);
    check("read satp in S", SUPERVISOR, do_read_satp, 0);
    check("write satp in S", SUPERVISOR, do_write_satp, 0);
    check("read satp in M", MACHINE, do_read_satp, 0);
    check("read satp in U", USER, do_read_satp, 0);
    check("wfi in U", USER, do_user_wfi, 0);
    check("sstatus in U", USER, do_read_status, 0);
    check("mstatus in S", SUPERVISOR, do_read_machine, 0);
  }
  // Something is pending, so that waiting ends at once where it is allowed.
  write_csr(mie, 2);
  write_csr(mip, 2);
  check("wfi in S with TW", SUPERVISOR, do_user_wfi, 0);
  clear_csr(mstatus, TVM | TW);
  check("wfi in S", SUPERVISOR, do_user_wfi, 0);
  check("wfi in M", MACHINE, do_user_wfi, 0);
  write_csr(mip, 0);
  write_csr(mie, 0);
}

static void delegation(void) {
  print("-- delegation\n");
  write_csr(medeleg, 0xb1ff);
  causes("S, delegated", SUPERVISOR);
  causes("U, delegated", USER);
  causes("M, delegated", MACHINE);
  // Vectored mode does not change where exceptions go.
  write_csr(stvec, (u64)supervisor_table | 1);
  check("exception, stvec vectored", SUPERVISOR, do_ones, 0);
  write_csr(stvec, supervisor_vector);
  write_csr(mtvec, (u64)machine_table | 1);
  check("exception, mtvec vectored", MACHINE, do_ones, 0);
  write_csr(mtvec, machine_vector);
  write_csr(medeleg, 0);
}

int main(void) {
  open_memory();
  write_csr(mie, 0);
  clear_csr(mstatus, ~0UL);
  causes("M", MACHINE);
  causes("S", SUPERVISOR);
  causes("U", USER);
  check("sc without lr", MACHINE, do_sc, (u64)end_of_program);
  check("misaligned sc without lr", MACHINE, do_sc, (u64)end_of_program + 4);
  stacking();
  returns();
  restrictions();
  delegation();
  check("a function returns", USER, do_return, 5);
  return 0;
}
