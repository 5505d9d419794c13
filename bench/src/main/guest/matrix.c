// Double precision: multiplies matrices and solves a linear system by elimination.
#include "guest.h"

#define N 48

static double a[N][N], b[N][N], c[N][N], x[N];

static void multiply(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      double total = 0;
      for (int k = 0; k < N; k++) total += a[i][k] * b[k][j];
      c[i][j] = total;
    }
}

// Solves c x = right; c is destroyed. The diagonal is made dominant first, so that no pivot is needed.
static void solve(const double *right) {
  for (int i = 0; i < N; i++) {
    c[i][i] += 1e3;
    x[i] = right[i];
  }
  for (int i = 0; i < N; i++)
    for (int row = i + 1; row < N; row++) {
      double factor = c[row][i] / c[i][i];
      for (int j = i; j < N; j++) c[row][j] -= factor * c[i][j];
      x[row] -= factor * x[i];
    }
  for (int i = N; i-- > 0;) {
    for (int j = i + 1; j < N; j++) x[i] -= c[i][j] * x[j];
    x[i] /= c[i][i];
  }
}

word guest_main(int rounds) {
  word seed = 0xcc9e2d51, sum = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      a[i][j] = (double)(int)next_random(&seed) / 2147483648.0;
      b[i][j] = (double)(int)next_random(&seed) / 2147483648.0;
    }
  for (int round = 0; round < rounds; round++) {
    multiply();
    solve(a[round % N]);
    for (int i = 0; i < N; i++) {
      union {
        double number;
        doubleword bits;
      } value = {.number = x[i]};
      sum = mix(sum, (word)value.bits ^ (word)(value.bits >> 32));
    }
    b[round % N][round / N % N] += 0.125;
  }
  return sum;
}
