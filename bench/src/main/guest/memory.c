// Memory: copies and compares blocks of many lengths, by doublewords where both are aligned and by bytes where not.
#include "guest.h"

#define SIZE 0x40000

static byte from[SIZE] __attribute__((aligned(64)));
static byte to[SIZE] __attribute__((aligned(64)));

static void copy(byte *target, const byte *source, doubleword length) {
  if ((((doubleword)target | (doubleword)source) & 7) == 0) {
    doubleword *t = (doubleword *)target;
    const doubleword *s = (const doubleword *)source;
    for (; length >= 32; length -= 32, t += 4, s += 4) {
      doubleword a = s[0], b = s[1], c = s[2], d = s[3];
      t[0] = a;
      t[1] = b;
      t[2] = c;
      t[3] = d;
    }
    target = (byte *)t;
    source = (const byte *)s;
  }
  while (length--) *target++ = *source++;
}

// The number of equal bytes before the first difference.
static doubleword equal(const byte *x, const byte *y, doubleword length) {
  doubleword i = 0;
  if ((((doubleword)x | (doubleword)y) & 7) == 0) {
    while (i + 8 <= length && *(const doubleword *)(x + i) == *(const doubleword *)(y + i)) i += 8;
  }
  while (i < length && x[i] == y[i]) i++;
  return i;
}

word guest_main(int rounds) {
  word seed = 0x9e3779b9, sum = 0;
  for (int i = 0; i < SIZE; i++) from[i] = (byte)next_random(&seed);
  for (int round = 0; round < rounds; round++) {
    copy(to, from, SIZE);
    for (int i = 0; i < 40; i++) {
      doubleword length = next_random(&seed) % 2048;
      doubleword source = next_random(&seed) % (SIZE - 2048), target = next_random(&seed) % (SIZE - 2048);
      if (i & 1) {
        source &= ~7ul;
        target &= ~7ul;
      }
      copy(to + target, from + source, length);
      sum = mix(sum, (word)equal(to + target, from + source, length + 1));
    }
    doubleword same = 0, differences = 0;
    while (same < SIZE) {
      same += equal(to + same, from + same, SIZE - same);
      while (same < SIZE && to[same] != from[same]) {
        same++;
        differences++;
      }
      same += -same & 7; // aligned again
    }
    sum = mix(sum, (word)differences);
  }
  return sum;
}
