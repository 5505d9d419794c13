// Physical memory protection.
#include "paging.h"

CODE(do_load_byte, "lb a0, 0(a0)\nret")
CODE(do_load_word, "lw a0, 0(a0)\nret")
CODE(do_store_word, "sw a0, 0(a0)\nret")
CODE(do_amo, "amoadd.d a0, a0, (a0)\nret")

enum { OFF = 0, TOR = 8, NA4 = 16, NAPOT = 24, R = 1, W = 2, X = 4, L = 0x80 };

static u64 napot(u64 base, u64 size) { return base >> 2 | ((size >> 3) - 1); }

// Entries 0 to 3 are under test; entry 7 opens the rest to lower modes.
static void configure(u64 low) {
  write_csr(pmpcfg0, low | 0x1fUL << 56);
  write_csr(pmpaddr7, -1UL >> 10);
}

static void one(const char *name, int mode, void (*function)(void), u64 address) {
  print(name);
  run(mode, function, address);
  print(" ");
  if (seen.epc == (u64)finished) {
    print("ok");
  } else {
    print_hex(seen.cause);
    if (seen.tval != address) {
      print("@");
      print_place(seen.tval);
    }
  }
}

static void all(const char *name, u64 address) {
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    print(name);
    print(mode == MACHINE ? " in M:" : mode == SUPERVISOR ? " in S:" : " in U:");
    one(" load", mode, do_load, address);
    one(" store", mode, do_store, address);
    one(" amo", mode, do_amo, address);
    one(" fetch", mode, do_fetch, address + CODE_OFFSET);
    print("\n");
  }
}

static void permissions(void) {
  print("-- permissions\n");
  for (u64 bits = 0; bits < 8; bits++) {
    if ((bits & 3) == W) {
      continue;  // reserved
    }
    tell("RWX", bits);
    write_csr(pmpaddr0, napot((u64)page, 4096));
    configure(NAPOT | bits);
    all("NAPOT", (u64)page);
    all("beside it", (u64)second_page);
    write_csr(pmpaddr0, (u64)page >> 2);
    write_csr(pmpaddr1, ((u64)page + 4096) >> 2);
    configure((TOR | bits) << 8);
    all("TOR", (u64)page);
    all("beside it", (u64)second_page);
  }
}

// No entry matches: lower modes fail, M-mode does not.
static void nothing_matches(void) {
  print("-- nothing matches\n");
  write_csr(pmpcfg0, 0);
  all("all off", (u64)page);
  write_csr(pmpaddr0, napot((u64)second_page, 4096));
  write_csr(pmpcfg0, NAPOT | R | W | X);
  all("another page", (u64)page);
  write_csr(pmpcfg0, 0);
}

// An access that an entry matches in part fails, whoever makes it.
static void parts(void) {
  print("-- parts\n");
  u64 at = (u64)page + 0x40;
  write_csr(pmpaddr0, at >> 2);
  configure(NA4 | R | W | X);
  tell("granularity", read_csr(pmpaddr0) == at >> 2);
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    print(mode == MACHINE ? "NA4 open, in M:" : mode == SUPERVISOR ? "NA4 open, in S:" : "NA4 open, in U:");
    one(" byte", mode, do_load_byte, at + 3);
    one(" word", mode, do_load_word, at);
    one(" double", mode, do_load, at);
    one(" double behind", mode, do_load, at + 8);
    one(" double over its start", mode, do_load, at - 4);
    one(" word over its end", mode, do_load_word, at + 2);
    one(" store over its start", mode, do_store, at - 4);
    print("\n");
  }
  configure(NA4);
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    print(mode == MACHINE ? "NA4 shut, in M:" : mode == SUPERVISOR ? "NA4 shut, in S:" : "NA4 shut, in U:");
    one(" before", mode, do_load_word, at - 4);
    one(" byte before", mode, do_load_byte, at - 1);
    one(" byte", mode, do_load_byte, at);
    one(" last byte", mode, do_load_byte, at + 3);
    one(" behind", mode, do_load_word, at + 4);
    one(" store", mode, do_store_word, at);
    one(" store behind", mode, do_store_word, at + 4);
    print("\n");
  }
}

// Code in a page that is open in part.
static void code(void) {
  print("-- code\n");
  volatile u32 *words = (volatile u32 *)page;
  for (int i = 0; i < 64; i++) {
    words[i] = 0x00150513;  // addi a0, a0, 1
  }
  words[64] = 0x00008067;  // ret
  asm volatile("fence.i" ::: "memory");
  write_csr(pmpaddr0, ((u64)page + 32 * 4) >> 2);
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    configure(NA4 | R | W);
    run(mode, (void (*)(void))(u64)page, 0);
    print("mode ");
    print_hex((u64)mode);
    report(" runs into a shut word");
    configure(NA4 | R | W | X);
    check("runs over an open word", mode, (void (*)(void))(u64)page, 0);
  }
  // A region that ends in the middle of an instruction.
  write_csr(pmpaddr0, napot((u64)page, 128));
  write_csr(pmpaddr1, napot((u64)page, 4096));
  words[31] = 0x05130001;  // c.nop, then half of: li a0, 0x44
  words[32] = 0x80820440;  // the other half, then ret
  asm volatile("fence.i" ::: "memory");
  configure(NAPOT | R | X | (NAPOT | R) << 8);
  check("half an instruction", SUPERVISOR, (void (*)(void))((u64)page + 124), 0);
  configure(NAPOT | R | X | (NAPOT | R | X) << 8);
  check("an instruction in two regions", SUPERVISOR, (void (*)(void))((u64)page + 120), 0);
}

static void priorities(void) {
  print("-- the first entry counts\n");
  write_csr(pmpaddr0, napot((u64)page, 4096));
  write_csr(pmpaddr1, napot((u64)page & ~0x3fffUL, 0x4000));
  configure(NAPOT | (NAPOT | R | W | X) << 8);
  all("shut, then open", (u64)page);
  configure((NAPOT | R | W | X) | NAPOT << 8);
  all("open, then shut", (u64)page);
  configure(0 | NAPOT << 8);
  all("off, then shut", (u64)page);
  // TOR with bounds the wrong way round matches nothing.
  write_csr(pmpaddr0, ((u64)page + 4096) >> 2);
  write_csr(pmpaddr1, (u64)page >> 2);
  configure(TOR << 8);
  all("empty range", (u64)page);
  write_csr(pmpaddr0, ((u64)page + 4096) >> 2);
  configure(TOR | R);
  all("TOR from 0", (u64)page);
  configure(0);
}

// What page tables are read with, and what a page leads to.
static void translated(void) {
  print("-- under translation\n");
  configure(0);
  use_scheme(SV39);
  write_csr(pmpaddr0, napot((u64)tables[0], 4096));
  configure(NAPOT);
  probe("table shut", TARGET, slot_at(0));
  *slot_at(0) &= ~(PTE_A | PTE_D);
  configure(NAPOT | R);
  probe("table read-only, A and D clear", TARGET, slot_at(0));
  *slot_at(0) |= PTE_A | PTE_D;
  probe("table read-only", TARGET, slot_at(0));
  write_csr(pmpaddr0, napot((u64)page, 4096));
  configure(NAPOT | R);
  probe("page read-only", TARGET, slot_at(0));
  configure(NAPOT | X);
  probe("page for code", TARGET, slot_at(0));
  leave_paging();
  configure(0);
}

static void registers(void) {
  print("-- registers\n");
  for (u64 mode = 0; mode < 4; mode++) {
    write_csr(pmpaddr2, 0x12345678);
    configure((mode << 3 | R) << 16);
    tell("pmpcfg0", read_csr(pmpcfg0));
    tell("pmpaddr2", read_csr(pmpaddr2));
  }
  configure(0x60UL << 16);
  tell("bits 5 and 6", read_csr(pmpcfg0));
  write_csr(pmpaddr3, -1UL);
  tell("widest", read_csr(pmpaddr3));
  write_csr(pmpaddr15, 0x55);
  tell("last", read_csr(pmpaddr15));
}

// Locked entries bind M-mode, and stay until reset: so they come last.
static void locks(void) {
  print("-- locks\n");
  write_csr(pmpaddr0, napot((u64)page, 4096));
  configure(NAPOT | R | L);
  all("locked, read-only", (u64)page);
  configure(NAPOT | R | W | X);
  tell("config stays", read_csr(pmpcfg0) & 0xff);
  write_csr(pmpaddr0, 0);
  tell("address stays", read_csr(pmpaddr0) == napot((u64)page, 4096));
  all("still", (u64)page);
  write_csr(pmpaddr1, (u64)second_page >> 2);
  write_csr(pmpaddr2, ((u64)second_page + 4096) >> 2);
  configure((TOR | L) << 16);
  write_csr(pmpaddr1, 0);
  tell("the lower bound of a locked range stays", read_csr(pmpaddr1) == (u64)second_page >> 2);
  write_csr(pmpaddr2, 0);
  tell("so does the upper", read_csr(pmpaddr2) == ((u64)second_page + 4096) >> 2);
  all("locked, shut", (u64)second_page);
}

int main(void) {
  clear_csr(mstatus, ~0UL);
  for (int i = 0; i < 4; i++) {
    u32 word = i == 0 ? 0x05500513 : 0x00008067;
    ((volatile u32 *)(page + CODE_OFFSET))[i] = word;
    ((volatile u32 *)(second_page + CODE_OFFSET))[i] = word;
  }
  asm volatile("fence.i" ::: "memory");
  nothing_matches();
  permissions();
  parts();
  code();
  for (int i = 0; i < 2; i++) {
    ((volatile u32 *)(page + CODE_OFFSET))[i] = i == 0 ? 0x05500513 : 0x00008067;
  }
  asm volatile("fence.i" ::: "memory");
  priorities();
  translated();
  registers();
  locks();
  return 0;
}
