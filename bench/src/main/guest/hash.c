// A hash table with open addressing: inserts, finds and deletes words made of letters.
#include "guest.h"

#define SLOTS 4096
#define LETTERS 12

typedef struct slot {
  byte name[LETTERS];
  byte length; // 0: free
  byte deleted;
  word count;
} slot;

static slot slots[SLOTS];

static word hash(const byte *name, word length) {
  word h = 0x811c9dc5;
  for (word i = 0; i < length; i++) h = (h ^ name[i]) * 0x01000193;
  return h ^ h >> 16;
}

static slot *find(const byte *name, word length) {
  slot *grave = 0;
  for (word i = hash(name, length);; i++) {
    slot *s = &slots[i % SLOTS];
    if (s->length == 0) {
      if (!s->deleted) return grave ? grave : s;
      if (!grave) grave = s;
    } else if (s->length == length) {
      word j = 0;
      while (j < length && s->name[j] == name[j]) j++;
      if (j == length) return s;
    }
  }
}

static word make_name(byte *name, word number) {
  word length = 3 + number % 10;
  for (word i = 0; i < length; i++) {
    name[i] = (byte)('a' + number % 26);
    number = number / 3 + number * 5;
  }
  return length;
}

word guest_main(int rounds) {
  word seed = 0x1b873593, sum = 0;
  for (int round = 0; round < rounds; round++) {
    for (word i = 0; i < SLOTS; i++) {
      slots[i].length = 0;
      slots[i].deleted = 0;
    }
    for (word i = 0; i < 6000; i++) {
      byte name[LETTERS];
      word number = next_random(&seed) % 2500, length = make_name(name, number);
      slot *s = find(name, length);
      if (s->length == 0) {
        for (word j = 0; j < length; j++) s->name[j] = name[j];
        s->length = (byte)length;
        s->count = 0;
      }
      s->count++;
      if (s->count == 5) {
        sum = mix(sum, number);
        s->length = 0;
        s->deleted = 1;
      }
    }
    word used = 0;
    for (word i = 0; i < SLOTS; i++) used += slots[i].length != 0;
    sum = mix(sum, used);
  }
  return sum;
}
