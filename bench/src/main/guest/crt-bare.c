// Start-up on the bare virt board, in machine mode: stack, floating point, result over the UART, end through the test
// finisher. ROUNDS comes from the compiler's command line.
#include "guest.h"

#define UART ((volatile byte *)0x10000000)
#define FINISHER ((volatile word *)0x100000)
#define FINISHER_POWER_OFF 0x5555

// PMP entry 0 opens all of memory (NAPOT, RWX), as firmware does before it starts a kernel, so that no emulator can take
// a special path for memory that no entry covers.
__attribute__((naked, section(".text.start"))) void _start(void) {
  __asm__ volatile(
      "csrr t0, mhartid\n"
      "1: bnez t0, 1b\n"
      "li t0, -1\n"
      "csrw pmpaddr0, t0\n"
      "li t0, 0x1f\n"
      "csrw pmpcfg0, t0\n"
      "la sp, stack_top\n"
      "li t0, 0x6000\n"
      "csrs mstatus, t0\n"
      "csrw fcsr, zero\n"
      "call main\n");
}

int main(void) {
  word result = guest_main(ROUNDS);
  for (int shift = 28; shift >= 0; shift -= 4) *UART = (byte)"0123456789abcdef"[result >> shift & 15];
  *UART = '\n';
  *FINISHER = FINISHER_POWER_OFF;
  for (;;) {
  }
}
