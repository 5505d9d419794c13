/*
 * Executes one floating-point instruction on many operands and tells what came out.
 *
 *   float-oracle INSTRUCTION MODES OPERANDS
 *
 * OPERANDS is a file of triples of 64-bit bit patterns; an instruction takes as many of the three as
 * it needs, and the low halves if it is a single-precision one. The triples are gone through MODES
 * times, with the rounding modes 0, 1 ... in frm. Each pass writes all results (64 bits each) and
 * then all accrued flags (a byte each) to the standard output.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t instruction(uint64_t a, uint64_t b, uint64_t c, uint64_t *flags);

/* One instruction between loading ft0..ft2 (or %2, for an integer operand) and storing ft3. */
#define DEFINE(name, load, text, store)                                                            \
  static uint64_t name(uint64_t a, uint64_t b, uint64_t c, uint64_t *flags) {                       \
    uint64_t result, raised;                                                                       \
    asm volatile(load "fsflags zero\n" text "\n" "frflags %1\n" store                               \
                 : "=&r"(result), "=&r"(raised)                                                    \
                 : "r"(a), "r"(b), "r"(c)                                                          \
                 : "ft0", "ft1", "ft2", "ft3");                                                    \
    *flags = raised;                                                                               \
    return result;                                                                                 \
  }

#define LOAD_D "fmv.d.x ft0,%2\n fmv.d.x ft1,%3\n fmv.d.x ft2,%4\n"
#define LOAD_S "fmv.w.x ft0,%2\n fmv.w.x ft1,%3\n fmv.w.x ft2,%4\n"
#define STORE_D "fmv.x.d %0,ft3\n"
#define STORE_S "fmv.x.w %0,ft3\n"

/* Every instruction once: identifier, operand load, text, result store. */
#define INSTRUCTIONS(_)                                                                            \
  _(fadd_d, LOAD_D, "fadd.d ft3,ft0,ft1", STORE_D)                                                  \
  _(fsub_d, LOAD_D, "fsub.d ft3,ft0,ft1", STORE_D)                                                  \
  _(fmul_d, LOAD_D, "fmul.d ft3,ft0,ft1", STORE_D)                                                  \
  _(fdiv_d, LOAD_D, "fdiv.d ft3,ft0,ft1", STORE_D)                                                  \
  _(fsqrt_d, LOAD_D, "fsqrt.d ft3,ft0", STORE_D)                                                    \
  _(fmadd_d, LOAD_D, "fmadd.d ft3,ft0,ft1,ft2", STORE_D)                                            \
  _(fmsub_d, LOAD_D, "fmsub.d ft3,ft0,ft1,ft2", STORE_D)                                            \
  _(fnmadd_d, LOAD_D, "fnmadd.d ft3,ft0,ft1,ft2", STORE_D)                                          \
  _(fnmsub_d, LOAD_D, "fnmsub.d ft3,ft0,ft1,ft2", STORE_D)                                          \
  _(fmin_d, LOAD_D, "fmin.d ft3,ft0,ft1", STORE_D)                                                  \
  _(fmax_d, LOAD_D, "fmax.d ft3,ft0,ft1", STORE_D)                                                  \
  _(feq_d, LOAD_D, "feq.d %0,ft0,ft1", "")                                                          \
  _(flt_d, LOAD_D, "flt.d %0,ft0,ft1", "")                                                          \
  _(fle_d, LOAD_D, "fle.d %0,ft0,ft1", "")                                                          \
  _(fclass_d, LOAD_D, "fclass.d %0,ft0", "")                                                        \
  _(fcvt_w_d, LOAD_D, "fcvt.w.d %0,ft0", "")                                                        \
  _(fcvt_wu_d, LOAD_D, "fcvt.wu.d %0,ft0", "")                                                      \
  _(fcvt_l_d, LOAD_D, "fcvt.l.d %0,ft0", "")                                                        \
  _(fcvt_lu_d, LOAD_D, "fcvt.lu.d %0,ft0", "")                                                      \
  _(fcvt_d_w, "", "fcvt.d.w ft3,%2", STORE_D)                                                       \
  _(fcvt_d_wu, "", "fcvt.d.wu ft3,%2", STORE_D)                                                     \
  _(fcvt_d_l, "", "fcvt.d.l ft3,%2", STORE_D)                                                       \
  _(fcvt_d_lu, "", "fcvt.d.lu ft3,%2", STORE_D)                                                     \
  _(fcvt_s_d, LOAD_D, "fcvt.s.d ft3,ft0", STORE_S)                                                  \
  _(fcvt_d_s, LOAD_S, "fcvt.d.s ft3,ft0", STORE_D)                                                  \
  _(fadd_s, LOAD_S, "fadd.s ft3,ft0,ft1", STORE_S)                                                  \
  _(fsub_s, LOAD_S, "fsub.s ft3,ft0,ft1", STORE_S)                                                  \
  _(fmul_s, LOAD_S, "fmul.s ft3,ft0,ft1", STORE_S)                                                  \
  _(fdiv_s, LOAD_S, "fdiv.s ft3,ft0,ft1", STORE_S)                                                  \
  _(fsqrt_s, LOAD_S, "fsqrt.s ft3,ft0", STORE_S)                                                    \
  _(fmadd_s, LOAD_S, "fmadd.s ft3,ft0,ft1,ft2", STORE_S)                                            \
  _(fmsub_s, LOAD_S, "fmsub.s ft3,ft0,ft1,ft2", STORE_S)                                            \
  _(fnmadd_s, LOAD_S, "fnmadd.s ft3,ft0,ft1,ft2", STORE_S)                                          \
  _(fnmsub_s, LOAD_S, "fnmsub.s ft3,ft0,ft1,ft2", STORE_S)                                          \
  _(fmin_s, LOAD_S, "fmin.s ft3,ft0,ft1", STORE_S)                                                  \
  _(fmax_s, LOAD_S, "fmax.s ft3,ft0,ft1", STORE_S)                                                  \
  _(feq_s, LOAD_S, "feq.s %0,ft0,ft1", "")                                                          \
  _(flt_s, LOAD_S, "flt.s %0,ft0,ft1", "")                                                          \
  _(fle_s, LOAD_S, "fle.s %0,ft0,ft1", "")                                                          \
  _(fclass_s, LOAD_S, "fclass.s %0,ft0", "")                                                        \
  _(fcvt_w_s, LOAD_S, "fcvt.w.s %0,ft0", "")                                                        \
  _(fcvt_wu_s, LOAD_S, "fcvt.wu.s %0,ft0", "")                                                      \
  _(fcvt_l_s, LOAD_S, "fcvt.l.s %0,ft0", "")                                                        \
  _(fcvt_lu_s, LOAD_S, "fcvt.lu.s %0,ft0", "")                                                      \
  _(fcvt_s_w, "", "fcvt.s.w ft3,%2", STORE_S)                                                       \
  _(fcvt_s_wu, "", "fcvt.s.wu ft3,%2", STORE_S)                                                     \
  _(fcvt_s_l, "", "fcvt.s.l ft3,%2", STORE_S)                                                       \
  _(fcvt_s_lu, "", "fcvt.s.lu ft3,%2", STORE_S)

INSTRUCTIONS(DEFINE)

#define ROW(name, load, text, store) {#name, name},
static const struct {
  const char *name;
  instruction *execute;
} table[] = {INSTRUCTIONS(ROW)};

static void *allocate(size_t bytes) {
  void *memory = malloc(bytes);
  if (memory == NULL) {
    perror("float-oracle");
    exit(1);
  }
  return memory;
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "usage: float-oracle INSTRUCTION MODES OPERANDS\n");
    return 2;
  }
  instruction *execute = NULL;
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    if (strcmp(table[i].name, arguments[1]) == 0) {
      execute = table[i].execute;
    }
  }
  if (execute == NULL) {
    fprintf(stderr, "float-oracle: no instruction %s\n", arguments[1]);
    return 2;
  }
  FILE *file = fopen(arguments[3], "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(arguments[3]);
    return 1;
  }
  size_t triples = (size_t)ftell(file) / 24;
  uint64_t *operands = allocate(triples * 24);
  uint64_t *results = allocate(triples * 8);
  uint8_t *flags = allocate(triples);
  rewind(file);
  if (fread(operands, 24, triples, file) != triples) {
    perror(arguments[3]);
    return 1;
  }
  for (uint64_t mode = 0; mode < strtoul(arguments[2], NULL, 10); mode++) {
    asm volatile("fsrm %0" : : "r"(mode));
    for (size_t i = 0; i < triples; i++) {
      uint64_t raised;
      const uint64_t *triple = operands + 3 * i;
      results[i] = execute(triple[0], triple[1], triple[2], &raised);
      flags[i] = (uint8_t)raised;
    }
    asm volatile("fsrm zero");
    if (fwrite(results, 8, triples, stdout) != triples || fwrite(flags, 1, triples, stdout) != triples) {
      perror("float-oracle: output");
      return 1;
    }
  }
  return fclose(stdout) == 0 ? 0 : 1;
}
