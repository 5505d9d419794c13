// Memory as an instruction stream sees it: accesses over page borders, fences, code that changes, reservations.
#include "paging.h"

CODE(do_load_word, "lw a0, 0(a0)\nret")
CODE(do_store_half, "sh a0, 0(a0)\nret")
CODE(do_store_ones, "li a1, -1\nsd a1, 0(a0)\nret")
CODE(do_amo, "amoadd.d a0, a0, (a0)\nret")
CODE(do_lr_sc, "lr.d a1, (a0)\nsc.d a0, a1, (a0)\nret")
CODE(do_sc_twice, "lr.d a1, (a0)\nsc.d a2, a1, (a0)\nsc.d a0, a1, (a0)\nret")
CODE(do_sc_elsewhere, "lr.d a1, (a0)\naddi a0, a0, 64\nsc.d a0, a1, (a0)\nret")
CODE(do_sc_only, "li a1, 5\nsc.d a0, a1, (a0)\nret")
CODE(do_lr_only, "lr.d a0, (a0)\nret")
CODE(do_sc_word, "li a1, -1\nlr.w a2, (a0)\nsc.w a3, a1, (a0)\nld a0, 0(a0)\nret")

static void fence(void) { asm volatile("sfence.vma" ::: "memory"); }

static void satp_modes(void) {
  print("-- satp\n");
  for (u64 mode = 0; mode < 16; mode++) {
    write_csr(satp, (u64)SV39 << 60 | 0x80123);
    write_csr(satp, mode << 60 | 0x80456);
    u64 value = read_csr(satp);
    print("mode ");
    print_hex(mode);
    tell("", value);
  }
  write_csr(satp, (u64)SV48 << 60 | ((1UL << 44) - 1));
  tell("number of bits of a page number", read_csr(satp));
  write_csr(satp, 0);
}

// TARGET is mapped, the page behind it in many ways.
static void borders(void) {
  print("-- over a border\n");
  use_scheme(SV39);
  u64 *next = slot_at(0) + 1;
  static const u64 seconds[] = {0, PTE_LEAF, PTE_V | PTE_R | PTE_A, PTE_V | PTE_RWX, PTE_LEAF | PTE_U};
  for (int i = 0; i < 5; i++) {
    for (int offset = 0xff8; offset <= 0x1000; offset += 2) {
      for (int j = 0; j < 16; j++) {
        page[0xff0 + j] = (u8)(0x10 + j);
        second_page[j] = (u8)(0x20 + j);
      }
      *next = seconds[i] == 0 ? 0 : pte((u64)second_page, seconds[i]);
      fence();
      print_hex((u64)i);
      print(" ");
      print_hex((u64)offset);
      check(" load", SUPERVISOR, do_load, TARGET + (u64)offset);
      check(" load of a word", SUPERVISOR, do_load_word, TARGET + (u64)offset);
      check(" store", SUPERVISOR, do_store_ones, TARGET + (u64)offset);
      check(" store at an odd address", SUPERVISOR, do_store_half, TARGET + (u64)offset + 1);
      tell(" entry", *next & 0x3ff);
      tell(" end of the first page", *(volatile u64 *)(page + 0xff8));
      tell(" start of the second page", *(volatile u64 *)second_page);
    }
  }
  // The first page is missing, the second is there.
  *next = pte((u64)second_page, PTE_LEAF);
  *slot_at(0) = 0;
  fence();
  check("first page missing, load", SUPERVISOR, do_load, TARGET + 0xffc);
  check("first page missing, store", SUPERVISOR, do_store_ones, TARGET + 0xffc);
  *next = 0;
  fence();
  check("both missing, load", SUPERVISOR, do_load, TARGET + 0xffc);
  check("both missing, store", SUPERVISOR, do_store_ones, TARGET + 0xffc);
  // An instruction over the border.
  *slot_at(0) = pte((u64)page, PTE_LEAF);
  *(volatile unsigned short *)(page + 0xffe) = 0x0513;         // li a0, 0x123
  *(volatile unsigned short *)second_page = 0x1230;
  *(volatile unsigned short *)(second_page + 2) = 0x8082;      // ret
  asm volatile("fence.i" ::: "memory");
  for (int i = 0; i < 5; i++) {
    *next = seconds[i] == 0 ? 0 : pte((u64)second_page, seconds[i]);
    fence();
    check("instruction over the border", SUPERVISOR, do_fetch, TARGET + 0xffe);
  }
  *next = pte((u64)second_page, PTE_LEAF);
  *(volatile unsigned short *)second_page = 0x4560;
  asm volatile("fence.i" ::: "memory");
  fence();
  check("its second half changed", SUPERVISOR, do_fetch, TARGET + 0xffe);
  *(volatile unsigned short *)(page + 0xffe) = 0x0593;         // li a1, ...
  asm volatile("fence.i" ::: "memory");
  check("its first half changed", SUPERVISOR, do_fetch, TARGET + 0xffe);
  *(volatile unsigned short *)(page + 0xffe) = 0xffff;
  *(volatile unsigned short *)second_page = 0xffff;
  asm volatile("fence.i" ::: "memory");
  check("illegal over the border", SUPERVISOR, do_fetch, TARGET + 0xffe);
  // The same page behind itself, and another in its place: translation decides which second half belongs.
  *(volatile unsigned short *)(page + 0xffe) = 0x0513;
  *(volatile unsigned short *)page = 0x0010;
  *(volatile unsigned short *)(page + 2) = 0x8082;
  *(volatile unsigned short *)second_page = 0x0020;
  asm volatile("fence.i" ::: "memory");
  *next = pte((u64)page, PTE_LEAF);
  fence();
  check("the page behind itself", SUPERVISOR, do_fetch, TARGET + 0xffe);
  *next = pte((u64)second_page, PTE_LEAF);
  fence();
  check("another page behind it", SUPERVISOR, do_fetch, TARGET + 0xffe);
  leave_paging();
}

static void fences(void) {
  print("-- fences\n");
  use_scheme(SV39);
  *(volatile u64 *)page = 0x111;
  *(volatile u64 *)second_page = 0x222;
  check("before", SUPERVISOR, do_load, TARGET);
  check("code before", SUPERVISOR, do_fetch, TARGET + CODE_OFFSET);
  *slot_at(0) = pte((u64)second_page, PTE_LEAF);
  *(volatile u32 *)(second_page + CODE_OFFSET) = 0x06600513;  // li a0, 0x66
  asm volatile("fence.i" ::: "memory");
  asm volatile("sfence.vma %0" ::"r"(TARGET) : "memory");
  check("another page, fenced by address", SUPERVISOR, do_load, TARGET);
  check("code of another page", SUPERVISOR, do_fetch, TARGET + CODE_OFFSET);
  *slot_at(0) = pte((u64)page, PTE_LEAF);
  asm volatile("sfence.vma x0, %0" ::"r"(0UL) : "memory");
  check("fenced by address space", SUPERVISOR, do_load, TARGET);
  *slot_at(0) = 0;
  asm volatile(".insn r 0x73, 0, 0x0b, x0, %0, x0" ::"r"(TARGET) : "memory");  // sinval.vma
  check("removed, invalidated", SUPERVISOR, do_load, TARGET);
  *slot_at(0) = pte((u64)page, PTE_LEAF);
  fence();
  // A superpage is one entry: a fence for any of its addresses is for all of it.
  u64 size = 1UL << 21;
  u64 base = (u64)page & ~(size - 1);
  u64 start = TARGET & ~(size - 1);
  u64 first = start + ((u64)page - base);
  u64 second = start + ((u64)second_page - base);
  u64 *entry = slot_at(1);
  u64 good = *entry;
  *entry = pte(base, PTE_LEAF);
  fence();
  check("superpage", SUPERVISOR, do_load, first);
  check("superpage", SUPERVISOR, do_load, second);
  *entry = pte(base + size, PTE_LEAF);
  *(volatile u64 *)((u64)page + size) = 0x333;
  *(volatile u64 *)((u64)second_page + size) = 0x444;
  asm volatile("sfence.vma %0" ::"r"(first + 0x5000) : "memory");
  check("moved, fenced by one address", SUPERVISOR, do_load, first);
  check("moved, fenced by one address", SUPERVISOR, do_load, second);
  *entry = good;
  fence();
  leave_paging();
}

// Code that writes code.
static void changing(void) {
  print("-- changing code\n");
  volatile u32 *code = (volatile u32 *)page;
  for (u32 i = 0; i < 3; i++) {
    code[0] = 0x00000513 | i << 20;  // li a0, i
    code[1] = 0x00008067;            // ret
    asm volatile("fence.i" ::: "memory");
    check("written", MACHINE, (void (*)(void))(u64)code, 9);
  }
  // The next instruction is written by the one before: seen behind FENCE.I.
  code[0] = 0x00b52623;               // sw a1, 12(a0)
  code[1] = 0x0000100f;               // fence.i
  code[2] = 0x00000013;               // nop
  code[3] = 0x00700513;               // li a0, 7, becomes li a0, 8
  code[4] = 0x00008067;               // ret
  asm volatile("fence.i" ::: "memory");
  u64 result;
  asm volatile("mv a0, %1\nli a1, 0x00800513\njalr ra, a0\nmv %0, a0"
               : "=r"(result)
               : "r"(code)
               : "a0", "a1", "ra", "memory");
  tell("written by the code before", result);
  // A short instruction in the place of half a long one.
  code[0] = 0x80820513;  // addi a0, x4, -2040; its upper half is ret
  asm volatile("fence.i" ::: "memory");
  check("jump into the middle", MACHINE, (void (*)(void))((u64)code + 2), 9);
  code[0] = 0x8082450d;  // c.li a0, 3; ret
  asm volatile("fence.i" ::: "memory");
  check("two short ones", MACHINE, (void (*)(void))(u64)code, 9);
  // Data beside code, written often: the code stays right.
  for (u32 i = 0; i < 300; i++) {
    code[512 + i % 100] = i;
  }
  check("after many stores beside it", MACHINE, (void (*)(void))(u64)code, 9);
  code[0] = 0x80824511;  // c.li a0, 4; ret
  asm volatile("fence.i" ::: "memory");
  check("and changed again", MACHINE, (void (*)(void))(u64)code, 9);
}

static void reservations(void) {
  print("-- reservations\n");
  u64 cell = (u64)page;
  *(volatile u64 *)cell = 3;
  check("pair", MACHINE, do_lr_sc, cell);
  check("second sc", MACHINE, do_sc_twice, cell);
  check("lr", MACHINE, do_lr_only, cell);
  check("sc after a trap", MACHINE, do_sc_only, cell);
  tell("cell", *(volatile u64 *)cell);
  *(volatile u64 *)cell = 0;
  check("word", MACHINE, do_sc_word, cell);
  check("word, upper", MACHINE, do_sc_word, cell + 4);
  check("sc elsewhere", MACHINE, do_sc_elsewhere, cell);
  use_scheme(SV39);
  *slot_at(0) = pte((u64)page, PTE_V | PTE_R | PTE_A);
  fence();
  check("sc to a read-only page", SUPERVISOR, do_lr_sc, TARGET);
  check("amo on a read-only page", SUPERVISOR, do_amo, TARGET);
  *slot_at(0) = 0;
  fence();
  check("lr from a missing page", SUPERVISOR, do_lr_sc, TARGET);
  check("amo on a missing page", SUPERVISOR, do_amo, TARGET);
  *slot_at(0) = pte((u64)page, PTE_V | PTE_X | PTE_A);
  fence();
  check("lr from a page for code", SUPERVISOR, do_lr_sc, TARGET);
  *slot_at(0) = pte((u64)page, PTE_V | PTE_RWX);
  fence();
  check("amo makes it dirty", SUPERVISOR, do_amo, TARGET);
  tell("entry", *slot_at(0) & 0x3ff);
  leave_paging();
}

int main(void) {
  open_memory();
  clear_csr(mstatus, ~0UL);
  write_csr(medeleg, 0);
  satp_modes();
  borders();
  fences();
  changing();
  reservations();
  return 0;
}
