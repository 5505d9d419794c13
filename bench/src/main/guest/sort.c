// Sorting: quicksort with a comparison through a pointer, heapsort with one in line, both ending in the same order.
#include "guest.h"

#define LENGTH 4096

static word values[LENGTH], copy[LENGTH];

static int ascending(const word *x, const word *y) { return *x < *y ? -1 : *x > *y; }

static int (*volatile order)(const word *, const word *) = ascending;

static void insertion_sort(word *first, word *last, int (*compare)(const word *, const word *)) {
  for (word *i = first + 1; i <= last; i++) {
    word value = *i, *j = i;
    for (; j > first && compare(&value, j - 1) < 0; j--) *j = j[-1];
    *j = value;
  }
}

static void quick_sort(word *first, word *last, int (*compare)(const word *, const word *)) {
  while (last - first > 12) {
    word pivot = first[(last - first) / 2], *low = first, *high = last;
    while (low <= high) {
      while (compare(low, &pivot) < 0) low++;
      while (compare(&pivot, high) < 0) high--;
      if (low <= high) {
        word t = *low;
        *low++ = *high;
        *high-- = t;
      }
    }
    if (high - first < last - low) {
      quick_sort(first, high, compare);
      first = low;
    } else {
      quick_sort(low, last, compare);
      last = high;
    }
  }
  insertion_sort(first, last, compare);
}

static void sift(word *heap, word top, word length) {
  word value = heap[top];
  for (word child; (child = 2 * top + 1) < length; top = child) {
    if (child + 1 < length && heap[child] < heap[child + 1]) child++;
    if (heap[child] <= value) break;
    heap[top] = heap[child];
  }
  heap[top] = value;
}

static void heap_sort(word *heap, word length) {
  for (word i = length / 2; i-- > 0;) sift(heap, i, length);
  while (length-- > 1) {
    word t = heap[0];
    heap[0] = heap[length];
    heap[length] = t;
    sift(heap, 0, length);
  }
}

word guest_main(int rounds) {
  word seed = 0x6c078965, sum = 0;
  for (int round = 0; round < rounds; round++) {
    for (int i = 0; i < LENGTH; i++) values[i] = copy[i] = next_random(&seed);
    quick_sort(values, values + LENGTH - 1, order);
    heap_sort(copy, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      if (values[i] != copy[i]) return 0xbad;
    }
    sum = mix(sum, values[LENGTH / 2]);
  }
  return sum;
}
