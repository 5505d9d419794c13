#include "runtime.h"

#define UART ((volatile u8 *)0x10000000UL)

void enter(u64 mode, u64 entry, u64 alias, u64 argument);

static u64 entered, entered_alias;

static void put(char c) {
  while ((UART[5] & 0x20) == 0) {
  }
  UART[0] = (u8)c;
}

void print(const char *text) {
  while (*text != 0) {
    put(*text++);
  }
}

void print_hex(u64 value) {
  int shift = 60;
  while (shift > 0 && (value >> shift & 15) == 0) {
    shift -= 4;
  }
  for (; shift >= 0; shift -= 4) {
    int digit = value >> shift & 15;
    put(digit < 10 ? '0' + digit : 'a' + digit - 10);
  }
}

void tell(const char *name, u64 value) {
  print(name);
  print(": ");
  print_hex(value);
  print("\n");
}

void run_aliased(int mode, void (*function)(void), u64 alias, u64 argument) {
  seen.cause = -2;
  seen_by_supervisor.cause = -2;
  slot = -1;
  entered = (u64)function + alias;
  entered_alias = alias;
  enter((u64)mode, entered, alias, argument);
}

void run(int mode, void (*function)(void), u64 argument) { run_aliased(mode, function, 0, argument); }

// Addresses are told as distances from the function's start, so that they stay when other code changes.
void print_place(u64 address) {
  if (address - entered < 0x1000) {
    print("+");
    print_hex(address - entered);
  } else if (address == (u64)finished + entered_alias) {
    print("end");
  } else {
    print_hex(address);
  }
}

static void report_trap(const char *by, volatile struct trap *trap) {
  print(by);
  print(" cause=");
  print_hex(trap->cause);
  print(" epc=");
  print_place(trap->epc);
  print(" tval=");
  print_place(trap->tval);
  print(" status=");
  print_hex(trap->status);
}

void report(const char *name) {
  print(name);
  print(": ");
  if (seen_by_supervisor.cause != (u64)-2) {
    report_trap("S", &seen_by_supervisor);
    if (seen.cause != 9) {
      print(" then ");
      report_trap("M", &seen);
    }
  } else if (seen.epc == (u64)finished + entered_alias && seen.cause >= 8 && seen.cause <= 11) {
    print("returned ");
    print_hex(seen.value);
  } else {
    report_trap("M", &seen);
  }
  if (slot != (u64)-1) {
    print(" slot=");
    print_hex(slot);
  }
  print("\n");
}

void check(const char *name, int mode, void (*function)(void), u64 argument) {
  run(mode, function, argument);
  report(name);
}

void open_memory(void) {
  write_csr(pmpaddr0, ~0UL >> 10);
  write_csr(pmpcfg0, 0x1f);
}

void finish(int code) {
  *(volatile u32 *)0x100000UL = code == 0 ? 0x5555 : 0x3333 | (u32)code << 16;
  for (;;) {
  }
}
