// Pointer chase: follows one random cycle through 4 MiB, more pages than a translation cache usually holds.
#include "guest.h"

#define CELLS 65536

typedef struct cell {
  struct cell *next;
  word value;
  byte rest[48];
} cell;

static cell cells[CELLS] __attribute__((aligned(64)));

// Sattolo's shuffle: a permutation that is a single cycle.
static void link_cells(word seed) {
  for (word i = 0; i < CELLS; i++) {
    cells[i].next = &cells[i];
    cells[i].value = next_random(&seed);
  }
  for (word i = CELLS - 1; i > 0; i--) {
    word j = next_random(&seed) % i;
    cell *t = cells[i].next;
    cells[i].next = cells[j].next;
    cells[j].next = t;
  }
}

word guest_main(int rounds) {
  word sum = 0;
  link_cells(0x51ed270b);
  cell *here = cells;
  for (int round = 0; round < rounds; round++) {
    for (word i = 0; i < CELLS / 4; i++) {
      sum = (sum << 1 | sum >> 31) ^ here->value;
      here = here->next;
    }
    here->value ^= sum;
  }
  return sum;
}
