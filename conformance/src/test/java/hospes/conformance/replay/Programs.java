package hospes.conformance.replay;

import hospes.guests.Plan;
import hospes.riscv.RiscvAssembler;
import hospes.virt.Virt;

/// Programs for a bare machine that is recorded.
final class Programs {
  /// Waits for its timer, stirs what it reads of the clock and of its console into a number, and
  /// echoes; `q` ends it.
  private static final String TICKER =
      """
              .globl _start
      _start: li      s0, 0x10000000          # UART
              li      s1, 0x0200bff8          # mtime
              li      s2, 0x02004000          # mtimecmp
              li      s3, 1                   # what all is stirred into
              li      s4, 0x80100000
              li      s5, 31
              li      t0, 0x80
              csrw    mie, t0
      tick:   ld      t0, (s1)
              mul     s3, s3, s5
              add     s3, s3, t0
              andi    t1, s3, 0xff
              slli    t1, t1, 6
              addi    t1, t1, 500
              add     t0, t0, t1
              sd      t0, (s2)
              wfi
      input:  lbu     t0, 5(s0)
              andi    t0, t0, 1
              beqz    t0, work
              lbu     t0, (s0)
              sb      t0, (s0)
              mul     s3, s3, s5
              add     s3, s3, t0
              li      t1, 'q'
              bne     t0, t1, input
              li      t0, 0x00100000
              li      t1, 0x5555
              sw      t1, (t0)
              j       .
      work:   andi    t0, s3, 0x7ff
      1:      mul     s3, s3, s5
              addi    s3, s3, 1
              srli    t1, s3, 40
              andi    t1, t1, 0x7f8
              add     t1, t1, s4
              ld      t2, (t1)
              add     s3, s3, t2
              sd      s3, (t1)
              addi    t0, t0, -1
              bgtz    t0, 1b
              j       tick
      """;

  private Programs() {}

  /// The program that waits for its timer.
  static Plan ticker() {
    return plan(TICKER).plan();
  }

  /// A program that counts for ever, and never waits.
  static Plan counter() {
    return plan("_start: addi t0, t0, 1\n        j _start\n").plan();
  }

  private static Virt plan(String text) {
    return Virt.bareMetal(
            RiscvAssembler.toElf(RiscvAssembler.assemble(0x8000_0000L, "program", text)))
        .memory("8M");
  }
}
