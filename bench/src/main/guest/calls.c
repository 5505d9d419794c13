// Recursive calls: Fibonacci's and Takeuchi's functions, and a call through a table.
#include "guest.h"

static __attribute__((noinline, optimize("no-optimize-sibling-calls", "no-ipa-cp"))) word fibonacci(word n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static __attribute__((noinline, optimize("no-optimize-sibling-calls", "no-ipa-cp"))) int takeuchi(int x, int y, int z) {
  return x <= y ? z : takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

static word add(word x) { return x + 0x1234567; }
static word rotate(word x) { return x << 7 | x >> 25; }
static word flip(word x) { return ~x; }
static word square(word x) { return x * x + 1; }

static word (*const volatile step[])(word) = {add, rotate, flip, square};

word guest_main(int rounds) {
  word sum = 0;
  for (int round = 0; round < rounds; round++) {
    sum = mix(sum, fibonacci(19 + (word)(round & 1)));
    sum = mix(sum, (word)takeuchi(11, 6, round & 3));
    for (int i = 0; i < 4000; i++) sum = step[sum & 3](sum);
  }
  return sum;
}
