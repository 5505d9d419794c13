// SHA-256 (FIPS 180-4) over a buffer: rotations and additions of 32-bit words. The constants are computed, not listed:
// the first 32 bits of the fractional parts of the cube (K) and square (H) roots of the first primes.
#include "guest.h"

#define BLOCKS 64

static word K[64], H[8];
static byte message[BLOCKS * 64];

static word rotate(word x, int by) { return x >> by | x << (32 - by); }

// floor(2^32 * root of p) mod 2^32, for the second or third root, by bisection in integers.
static word root_fraction(word p, int degree) {
  doubleword low = 0, high = 1ul << 37;
  while (high - low > 1) {
    doubleword middle = (low + high) / 2;
    unsigned __int128 power = (unsigned __int128)middle * middle;
    if (degree == 3) power = power * middle; // below 2^111
    if (power <= (unsigned __int128)p << 32 * degree) low = middle;
    else high = middle;
  }
  return (word)low;
}

static void make_constants(void) {
  int count = 0;
  for (word p = 2; count < 64; p++) {
    int prime = 1;
    for (word d = 2; d * d <= p; d++) prime &= p % d != 0;
    if (!prime) continue;
    if (count < 8) H[count] = root_fraction(p, 2);
    K[count++] = root_fraction(p, 3);
  }
}

static void compress(word *state, const byte *block) {
  word w[64];
  for (int t = 0; t < 16; t++) {
    const byte *p = block + 4 * t;
    w[t] = (word)p[0] << 24 | (word)p[1] << 16 | (word)p[2] << 8 | p[3];
  }
  for (int t = 16; t < 64; t++) {
    word s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
    word s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  word a = state[0], b = state[1], c = state[2], d = state[3];
  word e = state[4], f = state[5], g = state[6], h = state[7];
  for (int t = 0; t < 64; t++) {
    word t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t];
    word t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// SHA-256 of "abc" begins with ba7816bf; anything else makes the result worthless.
static int self_test(void) {
  byte block[64] = {'a', 'b', 'c', 0x80};
  block[63] = 24;
  word state[8];
  for (int i = 0; i < 8; i++) state[i] = H[i];
  compress(state, block);
  return state[0] == 0xba7816bf && state[7] == 0xf20015ad;
}

word guest_main(int rounds) {
  word seed = 0xe6546b64, state[8];
  make_constants();
  if (!self_test()) return 0xbad;
  for (int i = 0; i < BLOCKS * 64; i++) message[i] = (byte)next_random(&seed);
  for (int i = 0; i < 8; i++) state[i] = H[i];
  for (int round = 0; round < rounds; round++) {
    for (int i = 0; i < BLOCKS; i++) compress(state, message + 64 * i);
  }
  return state[0] ^ state[4];
}
