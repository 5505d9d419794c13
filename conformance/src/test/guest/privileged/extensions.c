// What QEMU 7.2 does not have: A and D bits that trap (Svadu's switch), and cache-block instructions.
#include "paging.h"

#define ADUE (1UL << 61)

#define CBO(operation, number) \
  CODE(do_##operation, "mv a1, a0\n.word " #number " << 20 | 0x0005a00f\nli a0, 1\nret")
CBO(inval, 0)
CBO(clean, 1)
CBO(flush, 2)
CBO(zero, 4)

static void traps_for_bits(void) {
  print("-- ADUE off\n");
  u64 before = read_csr(0x30a);
  tell("ADUE at reset", before & ADUE);
  use_scheme(SV39);
  static const u64 bits[] = {0, PTE_A, PTE_D, PTE_A | PTE_D};
  for (int on = 1; on >= 0; on--) {
    write_csr(0x30a, on ? ADUE : 0);
    for (int i = 0; i < 4; i++) {
      *slot_at(0) = pte((u64)page, PTE_V | PTE_RWX | bits[i]);
      probe("page", TARGET, slot_at(0));
    }
  }
  write_csr(0x30a, before);
  leave_paging();
}

static void all_blocks(const char *name, int mode, u64 address) {
  print(name);
  access(mode, do_inval, address);
  access(mode, do_clean, address);
  access(mode, do_flush, address);
  access(mode, do_zero, address);
  print("\n");
}

static void cache_blocks(void) {
  print("-- cache blocks: inval, clean, flush, zero\n");
  write_csr(0x30a, 0);
  write_csr(0x10a, 0);
  all_blocks("S, all shut:", SUPERVISOR, (u64)page);
  for (int bit = 4; bit < 8; bit++) {
    write_csr(0x30a, 1UL << bit | ADUE);
    write_csr(0x10a, 0);
    tell("bit", (u64)bit);
    all_blocks("S:", SUPERVISOR, (u64)page);
    write_csr(0x10a, 0xf0);
    all_blocks("U, opened by S:", USER, (u64)page);
    write_csr(0x30a, 0xf0 | ADUE);
    write_csr(0x10a, 1UL << bit);
    all_blocks("U, opened by M:", USER, (u64)page);
  }
  write_csr(0x30a, 0xf0 | ADUE);
  write_csr(0x10a, 0xf0);
  for (int i = 0; i < 192; i++) {
    page[i] = 0xee;
  }
  run(SUPERVISOR, do_zero, (u64)page + 64 + 17);
  tell("before the block", *(volatile u64 *)(page + 56));
  tell("its start", *(volatile u64 *)(page + 64));
  tell("its end", *(volatile u64 *)(page + 120));
  tell("behind the block", *(volatile u64 *)(page + 128));
  use_scheme(SV39);
  static const u64 flags[] = {PTE_R, PTE_X, PTE_R | PTE_W, PTE_RWX};
  for (int i = 0; i < 4; i++) {
    *slot_at(0) = pte((u64)page, PTE_V | PTE_A | flags[i]);
    tell("flags", flags[i]);
    all_blocks("mapped:", SUPERVISOR, TARGET);
    tell("entry", *slot_at(0) & 0x3ff);
  }
  *slot_at(0) = 0;
  all_blocks("not mapped:", SUPERVISOR, TARGET);
  leave_paging();
  all_blocks("nowhere:", SUPERVISOR, 0x1800000);
}

int main(void) {
  open_memory();
  clear_csr(mstatus, ~0UL);
  traps_for_bits();
  cache_blocks();
  return 0;
}
