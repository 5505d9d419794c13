package hospes.cli;

import hospes.riscv.RiscvAssembler;

/// A bare-metal program that drives the power button and then does not care for it.
final class Listener {
  private static final String TEXT =
      """
      start:
        li t0, 0x1000a000
        li t1, 0
        sw t1, 0x70(t0)
        li t1, 3
        sw t1, 0x70(t0)
        li t1, 1
        sw t1, 0x24(t0)
        sw t1, 0x20(t0)
        li t1, 11
        sw t1, 0x70(t0)
        sw zero, 0x30(t0)
        li t1, 4
        sw t1, 0x38(t0)
        li t1, 0x80100000
        sw t1, 0x80(t0)
        sw zero, 0x84(t0)
        li t1, 0x80101000
        sw t1, 0x90(t0)
        sw zero, 0x94(t0)
        li t1, 0x80102000
        sw t1, 0xa0(t0)
        sw zero, 0xa4(t0)
        li t1, 1
        sw t1, 0x44(t0)
        li t1, 15
        sw t1, 0x70(t0)
        li t0, 0x10000000
        la t2, text
      next:
        lbu t1, 0(t2)
        beqz t1, idle
        sb t1, 0(t0)
        addi t2, t2, 1
        j next
      idle:
        wfi
        j idle
      text:
        .asciz "listening\\n"
      """;

  private Listener() {}

  static byte[] program() {
    return RiscvAssembler.assemble(0x8000_0000L, "listener", TEXT).image();
  }
}
