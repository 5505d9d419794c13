// The sieve of Eratosthenes over bytes: short loops of stores with a stride.
#include "guest.h"

#define LIMIT 1000000

static byte composite[LIMIT];

word guest_main(int rounds) {
  word sum = 0;
  for (int round = 0; round < rounds; round++) {
    word limit = LIMIT - (word)round, count = 0;
    for (word i = 0; i < limit; i++) composite[i] = 0;
    for (word i = 2; i < limit; i++) {
      if (composite[i]) continue;
      count++;
      if (i < 1000) {
        for (word multiple = i * i; multiple < limit; multiple += i) composite[multiple] = 1;
      }
    }
    sum = mix(sum, count);
  }
  return sum;
}
