// An integer mix in the manner of embedded benchmarks: linked lists (search, reverse, merge sort), small matrices, a state
// machine over text, and a CRC over all results. Prints nothing but the CRC, so that runs on different machines can be compared.
#include "guest.h"

#define NODES 200
#define N 12

typedef struct node {
  struct node *next;
  short key;
  short index;
} node;

static node nodes[NODES];
static short a[N][N], b[N][N];
static int c[N][N];
static word seed = 0x2545f491;

static unsigned short crc16(unsigned short crc, unsigned value, int bits) {
  for (int i = 0; i < bits; i++) {
    int carry = (crc ^ value) & 1;
    value >>= 1;
    crc >>= 1;
    if (carry) crc ^= 0xa001;
  }
  return crc;
}

static node *make_list(void) {
  for (int i = 0; i < NODES; i++) {
    nodes[i].key = (short)(next_random(&seed) & 0x7fff);
    nodes[i].index = (short)i;
    nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : 0;
  }
  return nodes;
}

static node *reverse(node *list) {
  node *done = 0;
  while (list) {
    node *rest = list->next;
    list->next = done;
    done = list;
    list = rest;
  }
  return done;
}

static node *find(node *list, short key) {
  while (list && list->key != key) list = list->next;
  return list;
}

static int by_key(const node *x, const node *y) { return x->key - y->key; }
static int by_index(const node *x, const node *y) { return x->index - y->index; }

static node *merge(node *x, node *y, int (*compare)(const node *, const node *)) {
  node head, *tail = &head;
  while (x && y) {
    if (compare(x, y) <= 0) {
      tail->next = x;
      x = x->next;
    } else {
      tail->next = y;
      y = y->next;
    }
    tail = tail->next;
  }
  tail->next = x ? x : y;
  return head.next;
}

static node *sort(node *list, int (*compare)(const node *, const node *)) {
  if (!list || !list->next) return list;
  node *slow = list, *fast = list->next;
  while (fast && fast->next) {
    slow = slow->next;
    fast = fast->next->next;
  }
  node *half = slow->next;
  slow->next = 0;
  return merge(sort(list, compare), sort(half, compare), compare);
}

static int multiply(int scale) {
  int sum = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int total = 0;
      for (int k = 0; k < N; k++) total += a[i][k] * b[k][j];
      c[i][j] = (total >> 2) * scale;
      sum += c[i][j] > 100 ? 10 : c[i][j] & 7;
    }
  return sum;
}

enum state { START, INTEGER, FRACTION, EXPONENT, INVALID, STATES };

static void scan(const char *text, int *count) {
  enum state state = START;
  for (; *text; text++) {
    char ch = *text;
    if (ch == ',') {
      count[state]++;
      state = START;
      continue;
    }
    switch (state) {
      case START: state = ch >= '0' && ch <= '9' ? INTEGER : ch == '.' ? FRACTION : ch == '-' ? INTEGER : INVALID; break;
      case INTEGER: if (ch == '.') state = FRACTION; else if (ch == 'e') state = EXPONENT; else if (ch < '0' || ch > '9') state = INVALID; break;
      case FRACTION: if (ch == 'e') state = EXPONENT; else if (ch < '0' || ch > '9') state = INVALID; break;
      case EXPONENT: if (ch != '-' && (ch < '0' || ch > '9')) state = INVALID; break;
      default: break;
    }
  }
  count[state]++;
}

word guest_main(int rounds) {
  unsigned short crc = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      a[i][j] = (short)(next_random(&seed) & 255);
      b[i][j] = (short)(next_random(&seed) & 255);
    }
  for (int round = 0; round < rounds; round++) {
    node *list = make_list();
    for (int i = 0; i < 16; i++) {
      node *found = find(list, nodes[next_random(&seed) % NODES].key);
      crc = crc16(crc, found ? (unsigned)found->index : 0, 16);
      list = reverse(list);
    }
    list = sort(list, by_key);
    crc = crc16(crc, (unsigned)list->key, 16);
    list = sort(list, by_index);
    crc = crc16(crc, (unsigned)list->key, 16);
    for (int i = 0; i < 4; i++) crc = crc16(crc, (unsigned)multiply(i + round), 32);
    int count[STATES] = {0};
    scan("5012,1234,-874,+122,35.54400,.1234500,-110.700,+0.64400,5.500e3,-.123e-2,-87e+832,+0.6e-12,T0.3e-1F,-T.T++Tq,1T3.4e4z,34.0e-T^", count);
    for (int i = 0; i < STATES; i++) crc = crc16(crc, (unsigned)count[i], 16);
  }
  return crc;
}
