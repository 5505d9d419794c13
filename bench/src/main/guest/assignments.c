// The compiler may call these for assignments of structures. Every program is linked with them: there is no C library.
#include "guest.h"

void *memset(void *to, int value, unsigned long length) {
  byte *p = to;
  while (length--) *p++ = (byte)value;
  return to;
}

void *memcpy(void *to, const void *from, unsigned long length) {
  byte *p = to;
  const byte *q = from;
  while (length--) *p++ = *q++;
  return to;
}
