// Counters: what they count, who may read them.
#include "runtime.h"

CODE(do_cycle, "csrr a0, cycle\nli a0, 1\nret")
CODE(do_time, "csrr a0, time\nli a0, 1\nret")
CODE(do_instret, "csrr a0, instret\nli a0, 1\nret")
CODE(do_event3, "csrr a0, hpmcounter3\nli a0, 1\nret")
CODE(do_write_cycle, "csrw cycle, a0\nret")
CODE(do_write_time, "csrw time, a0\nret")
CODE(do_machine_cycle, "csrr a0, mcycle\nret")

static void access(void) {
  print("-- who may read\n");
  for (u64 machine = 0; machine < 16; machine += 15) {
    for (u64 supervisor = 0; supervisor < 16; supervisor += 15) {
      write_csr(mcounteren, machine);
      write_csr(scounteren, supervisor);
      tell("mcounteren", machine);
      tell("scounteren", supervisor);
      for (int mode = 0; mode < 4; mode++) {
        if (mode == 2) {
          continue;
        }
        check("cycle", mode, do_cycle, 0);
        check("time", mode, do_time, 0);
        check("instret", mode, do_instret, 0);
        check("hpmcounter3", mode, do_event3, 0);
        check("write cycle", mode, do_write_cycle, 0);
        check("write time", mode, do_write_time, 0);
      }
    }
  }
  for (u64 bit = 1; bit < 8; bit <<= 1) {
    write_csr(mcounteren, bit);
    write_csr(scounteren, -1UL);
    tell("only", bit);
    check("cycle", USER, do_cycle, 0);
    check("time", USER, do_time, 0);
    check("instret", USER, do_instret, 0);
  }
  check("mcycle in S", SUPERVISOR, do_machine_cycle, 0);
  write_csr(mcounteren, -1UL);
}

#define COUNT(name, text)                                                          \
  do {                                                                             \
    u64 first_, last_;                                                             \
    asm volatile(".balign 4\ncsrr %0, minstret\n" text "\ncsrr %1, minstret"       \
                 : "=&r"(first_), "=&r"(last_)::"t0", "t1", "memory");             \
    tell(name, last_ - first_);                                                    \
  } while (0)

static void retired(void) {
  print("-- instructions\n");
  COUNT("nothing between", "");
  COUNT("three", "nop\nc.nop\nnop");
  COUNT("a loop of 10", "li t0, 10\n1: addi t0, t0, -1\nbnez t0, 1b");
  COUNT("a read", "csrr t0, mscratch");
  COUNT("fences", "fence\nfence.i\nsfence.vma");
  u64 value;
  asm volatile("li t0, 1000\ncsrw minstret, t0\ncsrr %0, minstret" : "=r"(value)::"t0");
  tell("read behind a write of 1000", value);
  asm volatile("li t0, 1000\ncsrw minstret, t0\nnop\nnop\ncsrr %0, minstret" : "=r"(value)::"t0");
  tell("two later", value);
  asm volatile("li t0, -2\ncsrw minstret, t0\nnop\nnop\nnop\ncsrr %0, minstret" : "=r"(value)::"t0");
  tell("wraps around", value);
  // An exception's instruction does not retire: two in the handler, MRET, and one before it.
  asm volatile(
      "la t0, 1f\ncsrr t1, mtvec\ncsrw mtvec, t0\nj 2f\n.balign 4\n"
      "1: la t0, 3f\ncsrw mepc, t0\nmret\n"
      "2: csrw minstret, x0\n.word 0\n3: csrr %0, minstret\ncsrw mtvec, t1"
      : "=r"(value)::"t0", "t1", "memory");
  tell("over an exception", value);
}

static void monotonic(void) {
  print("-- time\n");
  volatile u64 *mtime = (volatile u64 *)0x200bff8UL;
  u64 previous = *mtime;
  u64 wrong = 0;
  for (int i = 0; i < 2000; i++) {
    u64 a = read_csr(time);
    u64 b = *mtime;
    u64 c = read_csr(time);
    wrong += a < previous || b < a || c < b;
    previous = c;
  }
  tell("went backwards", wrong);
  u64 cycles = read_csr(mcycle);
  u64 wrong_cycles = 0;
  for (int i = 0; i < 2000; i++) {
    u64 next = read_csr(cycle);
    wrong_cycles += next <= cycles;
    cycles = next;
  }
  tell("cycles stood still", wrong_cycles);
  write_csr(mcycle, 0x100000000000UL);
  u64 since = read_csr(mcycle) - 0x100000000000UL;
  tell("cycles since a write are few", since < 1000000);
}

int main(void) {
  open_memory();
  clear_csr(mstatus, ~0UL);
  access();
  retired();
  monotonic();
  return 0;
}
