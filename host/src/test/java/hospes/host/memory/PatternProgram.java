package hospes.host.memory;

import hospes.riscv.RiscvAssembler;

/// A program for a bare machine that fills memory with a pattern that follows from a seed, and
/// tells the sum of what it reads back, again and again.
///
/// @param seed where the pattern begins; not 0
/// @param bytes memory that it fills, whole pages
/// @param stride bytes from one word of the pattern to the next: 8 leaves nothing to compress
/// @param rounds how often it fills it
/// @param passes how often it reads it in each round
/// @param sentinels how many words it changes, and changes back, before it reads; each guest has
/// places of its own for them
record PatternProgram(long seed, int bytes, int stride, int rounds, int passes, int sentinels) {
  static final long BASE = 0x8000_0000L;
  private static final long AREA = BASE + (1 << 20);
  private static final long MULTIPLIER = 31;

  /// Prints a line for each pass, and switches the machine off. With sentinels it waits for a byte
  /// of input once memory is filled, and prints `X` where a word is not what it wrote.
  private static final String TEXT =
      """
              .equ UART, 0x10000000
      start:  li   s0, %d              # the area
              li   s1, %d              # its end
              li   s2, %d              # the seed
              li   s5, %d              # rounds
              li   s11, UART
      round:  mv   t0, s0
              mv   t1, s2
      fill:   call next
              sd   t1, (t0)
              addi t0, t0, %d
              bltu t0, s1, fill
              mv   s2, t1
              li   s7, %d              # sentinels
              beqz s7, reads
              li   a0, 'R'
              call put
      wait:   lbu  t2, 5(s11)          # LSR
              andi t2, t2, 1
              beqz t2, wait
              lbu  s8, (s11)           # whose sentinels
              slli t1, s8, 32
              ori  t1, t1, 1
      change: call next
              sub  t2, s1, s0
              remu t3, t1, t2
              andi t3, t3, -8
              add  t3, t3, s0          # a place
              ld   t4, (t3)
              sd   t1, (t3)
              li   t5, 300
      1:      addi t5, t5, -1
              bnez t5, 1b
              ld   t5, (t3)
              beq  t5, t1, 2f
              li   a0, 'X'
              call put
      2:      sd   t4, (t3)
              addi s7, s7, -1
              bnez s7, change
      reads:  li   s6, %d              # passes
      pass:   mv   t0, s0
              li   s3, 0
      sum:    ld   t2, (t0)
              slli t3, s3, 5
              sub  s3, t3, s3
              add  s3, s3, t2
              addi t0, t0, %d
              bltu t0, s1, sum
              li   t4, 60
      digit:  srl  t2, s3, t4
              andi t2, t2, 15
              addi a0, t2, 'a'
              call put
              addi t4, t4, -4
              bgez t4, digit
              li   a0, 10
              call put
              addi s6, s6, -1
              bnez s6, pass
              addi s5, s5, -1
              bnez s5, round
              li   t0, 0x100000
              li   t1, 0x5555
              sw   t1, (t0)
              j    .
      put:    lbu  t2, 5(s11)
              andi t2, t2, 0x20
              beqz t2, put
              sb   a0, (s11)
              ret
      next:   slli t2, t1, 13
              xor  t1, t1, t2
              srli t2, t1, 7
              xor  t1, t1, t2
              slli t2, t1, 17
              xor  t1, t1, t2
              ret
      """;

  private static long next(long value) {
    value ^= value << 13;
    value ^= value >>> 7;
    return value ^ value << 17;
  }

  /// The program.
  byte[] elf() {
    String text =
        TEXT.formatted(AREA, AREA + bytes, seed, rounds, stride, sentinels, passes, stride);
    return RiscvAssembler.toElf(RiscvAssembler.assemble(BASE, "pattern.s", text));
  }

  /// What it must print, but for what it says of sentinels.
  String expected() {
    StringBuilder text = new StringBuilder();
    long value = seed;
    for (int round = 0; round < rounds; round++) {
      long sum = 0;
      for (int word = 0; word < bytes / stride; word++) {
        value = next(value);
        sum = sum * MULTIPLIER + value;
      }
      text.append(line(sum).repeat(passes));
    }
    return text.toString();
  }

  private static String line(long sum) {
    StringBuilder line = new StringBuilder();
    for (int shift = 60; shift >= 0; shift -= 4) {
      line.append((char) ('a' + (sum >>> shift & 15)));
    }
    return line.append('\n').toString();
  }
}
