// Parsing: writes a nested text in the manner of JSON into a buffer, then reads it by recursive descent.
#include "guest.h"

#define SIZE 32768

static byte text[SIZE];
static word end;

static void put(byte c) { text[end++] = c; }

static void put_number(word number) {
  byte digits[10];
  int n = 0;
  do {
    digits[n++] = (byte)('0' + number % 10);
    number /= 10;
  } while (number);
  while (n) put(digits[--n]);
}

static void put_string(word number) {
  put('"');
  for (word length = 2 + number % 14; length--; number = number * 7 + 3) {
    if (number % 23 == 0) put('\\');
    put((byte)(number % 23 == 0 ? 'n' : 'a' + number % 26));
  }
  put('"');
}

static void write_value(word *seed, int depth) {
  word choice = next_random(seed) >> 8;
  if (end > SIZE - 2048) choice = 6;
  switch (depth > 0 ? choice % 7 : 2 + choice % 5) {
    case 0:
      put('{');
      for (word i = 0, n = choice / 7 % 12; i < n; i++) {
        if (i) put(',');
        put_string(choice + i);
        put(':');
        put(' ');
        write_value(seed, depth - 1);
      }
      put('}');
      break;
    case 1:
      put('[');
      for (word i = 0, n = choice / 7 % 20; i < n; i++) {
        if (i) put(',');
        write_value(seed, depth - 1);
      }
      put(']');
      break;
    case 2: put_string(choice); break;
    case 3: put('-'); put_number(choice % 100000); put('.'); put_number(choice % 997); break;
    case 4: put_number(choice); break;
    case 5: put('t'); put('r'); put('u'); put('e'); break;
    default: put('n'); put('u'); put('l'); put('l'); break;
  }
}

static const byte *at;
static word sum;
static int failed;

static void skip_blanks(void) {
  while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++;
}

static int take(byte c) {
  skip_blanks();
  if (*at != c) return 0;
  at++;
  return 1;
}

static void expect(const char *letters) {
  while (*letters) {
    if (*at++ != (byte)*letters++) failed = 1;
  }
}

static void read_string(void) {
  word h = 0;
  expect("\"");
  while (*at != '"' && !failed) {
    byte c = *at++;
    if (c < ' ') failed = 1;
    if (c == '\\') c = *at++ == 'n' ? '\n' : '?';
    h = h * 31 + c;
  }
  at++;
  sum = mix(sum, h);
}

static void read_number(void) {
  int negative = *at == '-';
  if (negative) at++;
  double value = 0, unit = 1;
  while (*at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
  if (*at == '.') {
    at++;
    while (*at >= '0' && *at <= '9') value += (unit /= 10) * (*at++ - '0');
  }
  sum = mix(sum, (word)(long)(value * 1000) + (word)negative);
}

static void read_value(void) {
  skip_blanks();
  switch (*at) {
    case '{':
      at++;
      if (take('}')) break;
      do {
        skip_blanks();
        read_string();
        if (!take(':')) failed = 1;
        read_value();
      } while (take(',') && !failed);
      if (!take('}')) failed = 1;
      break;
    case '[':
      at++;
      if (take(']')) break;
      do {
        read_value();
      } while (take(',') && !failed);
      if (!take(']')) failed = 1;
      break;
    case '"': read_string(); break;
    case 't': expect("true"); sum = mix(sum, 1); break;
    case 'f': expect("false"); sum = mix(sum, 2); break;
    case 'n': expect("null"); sum = mix(sum, 3); break;
    default:
      if (*at == '-' || (*at >= '0' && *at <= '9')) read_number();
      else failed = 1;
  }
}

word guest_main(int rounds) {
  word seed = 0x38b34ae5;
  for (int round = 0; round < rounds; round++) {
    end = 0;
    put('[');
    while (end < SIZE - 4096) {
      if (end > 1) put(',');
      write_value(&seed, 6);
    }
    put(']');
    put(0);
    for (int i = 0; i < 4; i++) {
      at = text;
      read_value();
      if (failed || *at) return 0xbad;
    }
  }
  return sum;
}
