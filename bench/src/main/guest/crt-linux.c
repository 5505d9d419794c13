// Start-up for static user programs of Linux, without a C library. The program's argument is the number of rounds.
//
// Prints a line when the work begins and one with the result when it ends: the benchmark takes the time between them.
#include "guest.h"

#define SYS_WRITE 64
#define SYS_EXIT_GROUP 94

static long system_call(long number, long a, long b, long c) {
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}

static void print(const char *text) {
  long length = 0;
  while (text[length]) length++;
  system_call(SYS_WRITE, 1, (long)text, length);
}

__attribute__((noreturn)) static void end(int status) {
  for (;;) system_call(SYS_EXIT_GROUP, status, 0, 0);
}

// `stack` is what the kernel leaves there: the number of arguments, then pointers to them.
__attribute__((used, noreturn)) static void start(const doubleword *stack) {
  int rounds = 0;
  if (stack[0] == 2) {
    for (const char *digit = (const char *)stack[2]; *digit >= '0' && *digit <= '9'; digit++) rounds = rounds * 10 + (*digit - '0');
  }
  if (rounds == 0) {
    print("the argument must be a number of rounds\n");
    end(2);
  }
  print("bench: begin\n");
  word result = guest_main(rounds);
  char line[] = "bench: end 00000000\n";
  for (int i = 0; i < 8; i++) line[11 + i] = "0123456789abcdef"[result >> (28 - 4 * i) & 15];
  print(line);
  end(0);
}

__attribute__((naked)) void _start(void) {
  __asm__ volatile(
      ".option push\n"
      ".option norelax\n"
      "la gp, __global_pointer$\n"
      ".option pop\n"
      "mv a0, sp\n"
      "andi sp, sp, -16\n"
      "tail start\n");
}
