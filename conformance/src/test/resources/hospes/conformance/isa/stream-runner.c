/*
 * Runs streams of instructions that a test sends, and tells what became of registers and memory.
 * It is made for qemu-riscv64 and needs no library:
 *
 *   riscv64-linux-gnu-gcc -O1 -static -nostdlib -fno-builtin -o stream-runner stream-runner.c
 *
 * Input is a sequence of requests, little-endian:
 *
 *   u32 bytes of code, u32 offset of the code in its pages, u32 rounds, u32 1 for a full answer
 *   the code; the window; for each round the initial state
 *
 * For each round it answers with a digest of state and window, or with both if a full answer is
 * wanted. A request without code flushes the answers; the end of the input ends the program.
 * Where everything lies is said in Layout.java, too.
 */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

#define CODE 0x80100000ul
#define CODE_BYTES 0x4000ul
#define WINDOW 0x80200800ul
#define WINDOW_BYTES 0x1010ul
#define STATE 0x80202000ul
#define STATE_WORDS 65
#define EXIT_WORD 65

static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long a0 asm("a0") = a;
  register long a1 asm("a1") = b;
  register long a2 asm("a2") = c;
  register long a3 asm("a3") = d;
  register long a4 asm("a4") = e;
  register long a5 asm("a5") = f;
  register long a7 asm("a7") = number;
  asm volatile("ecall"
               : "+r"(a0)
               : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
               : "memory");
  return a0;
}

static void leave(long status) {
  call(93, status, 0, 0, 0, 0, 0);
  for (;;) {
  }
}

static int receive(void *to, u64 bytes) {
  u8 *at = to;
  while (bytes > 0) {
    long n = call(63, 0, (long)at, (long)bytes, 0, 0, 0);
    if (n <= 0) {
      return 0;
    }
    at += n;
    bytes -= (u64)n;
  }
  return 1;
}

static u8 answers[1 << 20];
static u64 answered;

static void flush(void) {
  u64 at = 0;
  while (at < answered) {
    long n = call(64, 1, (long)(answers + at), (long)(answered - at), 0, 0, 0);
    if (n <= 0) {
      leave(3);
    }
    at += (u64)n;
  }
  answered = 0;
}

static void answer(const void *from, u64 bytes) {
  const u8 *at = from;
  if (answered + bytes > sizeof answers) {
    flush();
  }
  for (u64 i = 0; i < bytes; i++) {
    answers[answered++] = at[i];
  }
}

static u64 digest(u64 sum, const u64 *words, u64 count) {
  for (u64 i = 0; i < count; i++) {
    sum = (sum ^ words[i]) * 0x100000001b3ul;
    sum ^= sum >> 29;
  }
  return sum;
}

/* Jumps to the code; the code comes back by the address in the state's last word, with no register
   as it was. */
void enter(u64 entry);
asm(".option push\n"
    ".option norelax\n"
    ".text\n"
    ".globl enter\n"
    "enter:\n"
    "  la t0, saved\n"
    "  sd sp, 0(t0)\n  sd gp, 8(t0)\n  sd tp, 16(t0)\n  sd ra, 24(t0)\n"
    "  sd s0, 32(t0)\n  sd s1, 40(t0)\n  sd s2, 48(t0)\n  sd s3, 56(t0)\n"
    "  sd s4, 64(t0)\n  sd s5, 72(t0)\n  sd s6, 80(t0)\n  sd s7, 88(t0)\n"
    "  sd s8, 96(t0)\n  sd s9, 104(t0)\n  sd s10, 112(t0)\n  sd s11, 120(t0)\n"
    "  fence.i\n"
    "  jr a0\n"
    ".globl back\n"
    "back:\n"
    "  la t0, saved\n"
    "  ld sp, 0(t0)\n  ld gp, 8(t0)\n  ld tp, 16(t0)\n  ld ra, 24(t0)\n"
    "  ld s0, 32(t0)\n  ld s1, 40(t0)\n  ld s2, 48(t0)\n  ld s3, 56(t0)\n"
    "  ld s4, 64(t0)\n  ld s5, 72(t0)\n  ld s6, 80(t0)\n  ld s7, 88(t0)\n"
    "  ld s8, 96(t0)\n  ld s9, 104(t0)\n  ld s10, 112(t0)\n  ld s11, 120(t0)\n"
    "  ret\n"
    ".globl _start\n"
    "_start:\n"
    "  la gp, __global_pointer$\n"
    "  call serve\n"
    ".bss\n"
    ".balign 8\n"
    "saved: .space 128\n"
    ".text\n"
    ".option pop\n");
void back(void);

void serve(void) {
  u32 request[4];
  u64 *state = (u64 *)STATE;
  /* Readable, writable, executable; private, anonymous, at exactly this address. */
  if (call(222, (long)CODE, 0x200000, 7, 0x32, -1, 0) != (long)CODE) {
    leave(2);
  }
  while (receive(request, sizeof request)) {
    if (request[0] == 0) {
      flush();
      continue;
    }
    if (request[0] + request[1] > CODE_BYTES
        || !receive((u8 *)CODE + request[1], request[0])
        || !receive((u8 *)WINDOW, WINDOW_BYTES)) {
      leave(4);
    }
    for (u32 round = 0; round < request[2]; round++) {
      if (!receive(state, STATE_WORDS * 8)) {
        leave(5);
      }
      state[EXIT_WORD] = (u64)back;
      enter(CODE + request[1]);
      if (request[3]) {
        answer(state, STATE_WORDS * 8);
        answer((u8 *)WINDOW, WINDOW_BYTES);
      } else {
        u64 sum = digest(0, state, STATE_WORDS);
        sum = digest(sum, (u64 *)WINDOW, WINDOW_BYTES / 8);
        answer(&sum, sizeof sum);
      }
    }
  }
  leave(0);
}
