/* Code with something of everything that a listing shows: data in code, alignment, local labels,
   calls, addresses made of two instructions, thread-local and small data. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int numbers[100];
_Thread_local int own;
int small = 3;

static int compare(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

asm(".text\n"
    ".globl mixed\n"
    "mixed:\n"
    "  ret\n"
    "  .word 0x12345678\n"
    "  .half 7\n"
    "  .byte 1\n"
    "  .byte 2\n"
    "between:\n"
    "  j mixed\n"
    "  .zero 20\n"
    "  .balign 4\n"
    "after:\n"
    "  beqz a0, between\n"
    "  call mixed\n");

int main(int count, char **names) {
  for (int i = 0; i < 100; i++) {
    numbers[i] = rand();
  }
  qsort(numbers, 100, sizeof numbers[0], compare);
  own += small;
  switch (count) {
    case 1: small = 7; break;
    case 2: small = 9; break;
    case 3: small = own; break;
    case 4: return numbers[3];
    case 5: puts(names[2]); break;
    case 6: abort();
  }
  printf("%s %d %f\n", names[0], numbers[own & 3], sin(numbers[4]));
  return 0;
}
