// Virtual memory: what each kind of page table entry permits to whom, at each level of each scheme.
#include "paging.h"

static int scheme;

static void permissions(void) {
  print("-- permissions\n");
  for (u64 settings = 0; settings < 4; settings++) {
    clear_csr(mstatus, SUM | MXR);
    set_csr(mstatus, (settings & 1 ? SUM : 0) | (settings & 2 ? MXR : 0));
    tell("SUM and MXR", settings);
    for (u64 flags = 0; flags < 16; flags++) {
      *slot_at(0) = pte((u64)page, PTE_V | PTE_A | PTE_D | flags << 1);
      probe("page", TARGET, slot_at(0));
    }
  }
  clear_csr(mstatus, SUM | MXR);
}

static void accessed_and_dirty(void) {
  print("-- accessed and dirty\n");
  static const u64 bits[] = {0, PTE_A, PTE_D, PTE_A | PTE_D};
  for (int i = 0; i < 4; i++) {
    *slot_at(0) = pte((u64)page, PTE_V | PTE_RWX | bits[i]);
    probe("page of S", TARGET, slot_at(0));
    *slot_at(0) = pte((u64)page, PTE_V | PTE_RWX | PTE_U | bits[i]);
    probe("page of U", TARGET, slot_at(0));
    *slot_at(0) = pte((u64)page, PTE_V | PTE_R | bits[i]);
    probe("read-only", TARGET, slot_at(0));
  }
}

static void reserved(void) {
  print("-- reserved and invalid entries\n");
  for (int level = scheme - SV39 + 2; level >= 0; level--) {
    if (level == 2 && scheme == SV39) {
      // The root; its entry for TARGET alone is changed, those for the programs stay.
      print("root ");
    }
    tell("level", (u64)level);
    u64 *entry = slot_at(level);
    u64 good = *entry;
    // Above level 2 the entry is also the way to the programs themselves: only TARGET's own can be broken.
    if (level > 2) {
      continue;
    }
    *entry = good & ~PTE_V;
    probe("not valid", TARGET, entry);
    for (int bit = 54; bit < 64; bit++) {
      *entry = good | 1UL << bit;
      tell("bit", (u64)bit);
      probe("reserved", TARGET, entry);
    }
    *entry = good | 3UL << 8;
    probe("bits for software", TARGET, entry);
    *entry = good | PTE_G;
    probe("global", TARGET, entry);
    if (level > 0) {
      *entry = good | PTE_A;
      probe("pointer with A", TARGET, entry);
      *entry = good | PTE_D;
      probe("pointer with D", TARGET, entry);
      *entry = good | PTE_U;
      probe("pointer with U", TARGET, entry);
      *entry = pte(0x1800000, PTE_V);
      probe("table where nothing is", TARGET, entry);
    } else {
      *entry = pte((u64)page, PTE_V);
      probe("pointer at the last level", TARGET, entry);
      *entry = pte(0x1800000, PTE_LEAF);
      probe("page where nothing is", TARGET, entry);
    }
    *entry = good;
  }
}

static void superpages(void) {
  print("-- superpages\n");
  for (int level = 1; level <= 2; level++) {
    tell("level", (u64)level);
    u64 size = 1UL << (12 + 9 * level);
    u64 base = (u64)page & ~(size - 1);
    u64 address = (TARGET & ~(size - 1)) + ((u64)page - base);
    u64 *entry = slot_at(level);
    u64 good = *entry;
    *entry = pte(base, PTE_LEAF);
    probe("aligned", address, entry);
    *entry = pte(base, PTE_LEAF | PTE_U);
    probe("aligned, of U", address, entry);
    *entry = pte(base, PTE_V | PTE_RWX);
    probe("neither A nor D", address, entry);
    *entry = pte(base, PTE_V | PTE_R | PTE_A);
    probe("read-only", address, entry);
    for (u64 wrong = 0x1000; wrong < size; wrong <<= 3) {
      *entry = pte(base | wrong, PTE_LEAF);
      probe("misaligned", address, entry);
    }
    *entry = good;
  }
  if (scheme > SV39) {
    // The largest: at the root, beside the entry that leads to everything else. It maps from address 0.
    int level = scheme - SV39 + 2;
    u64 address = (1UL << (12 + 9 * level)) + (u64)page;
    u64 *entry = &tables[level][1];
    *entry = pte(0, PTE_LEAF);
    probe("at the root", address, entry);
    *entry = pte(0x80000000, PTE_LEAF);
    probe("at the root, misaligned", address, entry);
    *entry = 0;
  }
}

static void canonical(void) {
  print("-- addresses\n");
  int bits = 39 + 9 * (scheme - SV39);
  static u64 nothing;
  for (int bit = bits - 1; bit < 64; bit++) {
    tell("bit", (u64)bit);
    probe("set", TARGET | 1UL << bit, &nothing);
  }
  // The upper half: all ones above.
  u64 upper = -1UL << (bits - 1);
  u64 *entry = &tables[scheme - SV39 + 2][256];
  *entry = *slot_at(scheme - SV39 + 2);
  u64 in_table = TARGET & ((1UL << (bits - 9)) - 1);
  if (scheme == SV39) {
    *entry = pte((u64)tables[1], PTE_V);
  }
  probe("upper half", upper | in_table, entry);
  probe("upper half, one bit missing", (upper | in_table) & ~(1UL << 63), entry);
  *entry = 0;
}

static void modified_privilege(void) {
  print("-- MPRV\n");
  *(volatile u64 *)page = 0x1234;
  for (int previous = 0; previous < 2; previous++) {
    for (int user = 0; user < 2; user++) {
      for (int sum = 0; sum < 2; sum++) {
        *slot_at(0) = pte((u64)page, PTE_LEAF | (user ? PTE_U : 0));
        asm volatile("sfence.vma" ::: "memory");
        clear_csr(mstatus, MPRV | SUM);
        set_csr(mstatus, sum ? SUM : 0);
        tell("MPP", (u64)previous);
        seen.cause = -2;
        u64 result;
        // A load in M-mode as if in the mode of MPP. A fault goes to the handler, which needs a frame to return to: so it is
        // run through MRET into M-mode first, and sets MPP itself.
        extern void do_as(void);
        run(MACHINE, do_as, TARGET | (u64)previous << 63);
        result = seen.value;
        clear_csr(mstatus, MPRV | SUM);
        if (seen.cause == 11) {
          tell("load", result);
        } else {
          print("load: ");
          print_hex(seen.cause);
          print(" ");
          print_hex(seen.tval);
          print("\n");
        }
      }
    }
  }
}

// a0: the address; its top bit chooses S-mode. Fetches go on in M-mode, without translation.
CODE(do_as,
     "li t0, 3 << 11\ncsrc mstatus, t0\nsrli t1, a0, 63\nslli a0, a0, 1\nsrli a0, a0, 1\nslli t1, t1, 11\n"
     "csrs mstatus, t1\nli t0, 1 << 17\ncsrs mstatus, t0\nld a0, 0(a0)\ncsrc mstatus, t0\nret")

int main(void) {
  open_memory();
  clear_csr(mstatus, ~0UL);
  for (scheme = SV39; scheme <= SV57; scheme++) {
    tell("scheme", (u64)scheme);
    use_scheme(scheme);
    if (scheme == SV39) {
      permissions();
      modified_privilege();
      use_scheme(scheme);
    }
    accessed_and_dirty();
    use_scheme(scheme);
    reserved();
    superpages();
    canonical();
    leave_paging();
  }
  return 0;
}
