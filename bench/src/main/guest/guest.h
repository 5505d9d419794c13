// What every benchmark program implements. Start-up code calls it and prints the result: crt-bare.c on the bare board,
// crt-linux.c as a user program of Linux.
#ifndef GUEST_H
#define GUEST_H

typedef unsigned char byte;
typedef unsigned int word;        // 32 bits
typedef unsigned long doubleword; // 64 bits

// Does the work `rounds` times; the result depends on all of it.
word guest_main(int rounds);

// A step of a checksum over a program's results.
static inline word mix(word sum, word value) {
  sum ^= value;
  sum *= 0x85ebca6bu;
  return sum ^ sum >> 15;
}

// A step of a xorshift generator; `*state` must not be 0.
static inline word next_random(word *state) {
  word x = *state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return *state = x;
}
#endif
