package hospes.conformance.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import hospes.riscv.RiscvAssembler;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import org.junit.jupiter.api.Test;

/// A guest that resets the machine finds it as it was at power-on, except that time went on.
@EveryTier
final class ResetTest {
  /// Fails if anything of an earlier life is left: a word in RAM, a CSR, a device's register.
  private static final String PROGRAM =
      """
      start:
        la   t0, mark
        lw   t1, 0(t0)
        bnez t1, fail
        csrr t2, mscratch
        bnez t2, fail
        li   t3, 0x10000007      # the UART's scratch register
        lbu  t4, 0(t3)
        bnez t4, fail
        li   t5, 1
        sw   t5, 0(t0)
        csrw mscratch, t5
        sb   t5, 0(t3)
        li   t6, 0x100000
        li   t5, 0x7777
        sw   t5, 0(t6)
      1: j   1b
      fail:
        li   t6, 0x100000
        li   t5, 0x33333
        sw   t5, 0(t6)
      2: j   2b
        .balign 8
      mark:
        .dword 0
      """;

  private final Tier tier;

  ResetTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void resetBringsBackPowerOn() {
    try (VirtMachine machine = machine()) {
      long before = 0;
      for (int life = 0; life < 3; life++) {
        assertInstanceOf(StopReason.Reset.class, machine.run(1000), "life " + life);
        assertTrue(machine.instructions() > before, "instructions go on being counted");
        before = machine.instructions();
      }
      assertEquals(0, machine.instructions() % 3, "every life executes the same");
    }
  }

  private VirtMachine machine() {
    byte[] elf = RiscvAssembler.toElf(RiscvAssembler.assemble(0x8000_0000L, "reset.s", PROGRAM));
    return Standalone.on(value -> {}).with(tier.engine()).powerOn(Virt.bareMetal(elf).memory("8M"));
  }
}
