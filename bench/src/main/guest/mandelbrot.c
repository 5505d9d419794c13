// The Mandelbrot set: double arithmetic in registers, hardly any memory.
#include "guest.h"

#define WIDTH 96
#define HEIGHT 64
#define DEPTH 200

static word escape(double cx, double cy) {
  double x = 0, y = 0;
  word n = 0;
  for (; n < DEPTH && x * x + y * y <= 4; n++) {
    double t = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = t;
  }
  return n;
}

word guest_main(int rounds) {
  word sum = 0;
  for (int round = 0; round < rounds; round++) {
    double scale = 3.0 / (WIDTH + round % 64);
    for (int row = 0; row < HEIGHT; row++)
      for (int column = 0; column < WIDTH; column++) sum = mix(sum, escape(column * scale - 2.25, row * scale - 1));
  }
  return sum;
}
