#include "paging.h"

u64 tables[5][512] __attribute__((aligned(4096)));
u8 page[4096] __attribute__((aligned(4096)));
u8 second_page[4096] __attribute__((aligned(4096)));

static int levels;

CODE(do_load, "ld a0, 0(a0)\nret")
CODE(do_store, "sd a0, 0(a0)\nret")
CODE(do_fetch, "jr a0")
CODE(page_code, ".option push\n.option norvc\nli a0, 0x55\nret\n.option pop")

u64 *slot_at(int level) {
  u64 index = TARGET >> (12 + 9 * level) & 511;
  return &tables[level][index];
}

void use_scheme(int scheme) {
  levels = scheme - SV39 + 3;
  for (int level = 0; level < 5; level++) {
    for (int i = 0; i < 512; i++) {
      tables[level][i] = 0;
    }
  }
  for (int level = levels - 1; level > 0; level--) {
    *slot_at(level) = pte((u64)tables[level - 1], PTE_V);
  }
  tables[2][2] = pte(0x80000000, PTE_LEAF);
  tables[2][3] = pte(0x80000000, PTE_LEAF | PTE_U);
  *slot_at(0) = pte((u64)page, PTE_LEAF);
  for (int i = 0; i < 4; i++) {
    u32 word = ((u32 *)page_code)[i];
    ((volatile u32 *)(page + CODE_OFFSET))[i] = word;
    ((volatile u32 *)(second_page + CODE_OFFSET))[i] = word;
  }
  asm volatile("fence.i" ::: "memory");
  write_csr(satp, (u64)scheme << 60 | (u64)tables[levels - 1] >> 12);
  asm volatile("sfence.vma" ::: "memory");
}

void leave_paging(void) {
  write_csr(satp, 0);
  asm volatile("sfence.vma" ::: "memory");
}

void access(int mode, void (*function)(void), u64 address) {
  asm volatile("sfence.vma" ::: "memory");
  run_aliased(mode, function, mode == USER && read_csr(satp) != 0 ? ALIAS_OFFSET : 0, address);
  print(" ");
  if (seen.cause >= 8 && seen.cause <= 9) {
    print("ok");
  } else {
    print_hex(seen.cause);
    if (seen.tval != address) {
      print("@");
      print_hex(seen.tval);
    }
  }
}

void probe(const char *name, u64 address, u64 *entry) {
  u64 before = *entry;
  print(name);
  print(":");
  for (int mode = SUPERVISOR; mode >= USER; mode--) {
    print(mode == USER ? " U" : " S");
    *entry = before;
    access(mode, do_load, address + 8);
    print("/");
    print_hex(*entry & 0x3ff);
    *entry = before;
    access(mode, do_store, address + 8);
    print("/");
    print_hex(*entry & 0x3ff);
    *entry = before;
    access(mode, do_fetch, address + CODE_OFFSET);
    print("/");
    print_hex(*entry & 0x3ff);
  }
  *entry = before;
  asm volatile("sfence.vma" ::: "memory");
  print("\n");
}
