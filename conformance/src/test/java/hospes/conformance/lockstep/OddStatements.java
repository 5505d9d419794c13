package hospes.conformance.lockstep;

import java.util.List;
import java.util.SplittableRandom;

/// Statements that trap, talk to devices, look at counters, or change the program.
final class OddStatements {
  private static final long UART = 0x1000_0000L;
  private static final long CLINT = 0x0200_0000L;
  private static final long PLIC = 0x0c00_0000L;
  private static final int LUI = 0x37;

  private final SplittableRandom random;
  private final StringBuilder text;

  OddStatements(SplittableRandom random, StringBuilder text) {
    this.random = random;
    this.text = text;
  }

  private void line(String statement, Object... arguments) {
    text.append("        ").append(statement.formatted(arguments)).append('\n');
  }

  private void label(String name) {
    text.append(name).append(":\n");
  }

  /// What a hot loop may hold.
  void cheap() {
    switch (random.nextInt(12)) {
      case 0, 1 -> device();
      case 2, 3 -> counter();
      case 4 -> line("%s", random.nextBoolean() ? "ebreak" : "c.ebreak");
      case 5 -> line("%s", random.nextBoolean() ? ".word 0xffffffff" : ".half 0");
      case 6 -> line("fence.i");
      case 7 -> line("%s", random.nextBoolean() ? "sfence.vma" : "sfence.vma gp, zero");
      case 8 -> line("%s", random.nextInt(4) == 0 ? "wfi" : "fence");
      case 9 -> line("%s", random.nextInt(4) == 0 ? "ecall" : "wrs.sto");
      default -> intoTheMiddle();
    }
  }

  private void device() {
    switch (random.nextInt(9)) {
      case 0 -> access(UART + 7, "sb a0");
      case 1 -> access(UART + 7, "lbu a0");
      case 2 -> access(UART + 5, "lb a1");
      case 3 -> access(CLINT + 0xbff8, "ld a2");
      case 4 -> access(CLINT + 0xbffc, "lw a2");
      case 5 -> {
        access(CLINT + 0xbff8, "ld a3");
        line("addi a3, a3, %d", random.nextInt(1, 20));
        access(CLINT + 0x4000, "sd a3");
      }
      case 6 -> {
        line("li a0, 1");
        access(CLINT, "sw a0");
      }
      case 7 -> access(PLIC + 0x20_0004, "lw a4");
      default -> {
        line("li a0, %d", random.nextInt('a', 'z'));
        access(UART, "sb a0");
      }
    }
  }

  private void access(long address, String operation) {
    line("li t6, %d", address);
    line("%s, 0(t6)", operation);
  }

  private void counter() {
    List<String> readable = List.of("cycle", "instret", "time");
    List<String> privileged = List.of("sscratch", "sstatus", "sip", "sie", "scause", "minstret");
    if (random.nextInt(4) > 0) {
      line("csrr a5, %s", readable.get(random.nextInt(readable.size())));
    } else if (random.nextBoolean()) {
      line("csrr a6, %s", privileged.get(random.nextInt(privileged.size())));
    } else {
      line("%s a6, sscratch, a5", random.nextBoolean() ? "csrrw" : "csrrs");
    }
  }

  /// An instruction whose second half is an instruction, too, and which is entered at either.
  private void intoTheMiddle() {
    // c.addi a0, 5; the other half is that of LUI t3.
    int inner = random.nextBoolean() ? 0x0515 : 0x157d;
    long word = (long) inner << 16 | random.nextInt(16) << 12 | 28 << 7 | LUI;
    line("andi t5, %s, 1", random.nextBoolean() ? "a0" : "a1");
    line("beqz t5, 1f");
    line("j 1f + 2");
    label("1");
    line(".word 0x%x", word);
  }

  /// What makes translations void, or sends execution over a border of pages; not for hot loops.
  void dear(String label) {
    switch (random.nextInt(4)) {
      case 0 -> straddle(label);
      case 1 -> rewriteFarAway(label);
      default -> rewriteNext(label);
    }
  }

  /// Goes on with an instruction that lies in two pages.
  void straddle(String label) {
    line("j " + label);
    line(".balign 4096");
    line(".space %d", 4096 - 2 * random.nextInt(1, 4));
    label(label);
    line(".word 0x00150513 # addi a0, a0, 1");
    line(".word 0x00a5c5b3 # xor a1, a1, a0");
  }

  /// Replaces one of the instructions that follow, at its own address or through the window.
  private void rewriteNext(String label) {
    String other = label + "_by";
    line("andi t5, a0, 1");
    line("slli t5, t5, 2");
    line("la t6, " + other);
    line("add t6, t6, t5");
    line("lw t5, 0(t6)");
    line("la t6, " + label);
    if (random.nextBoolean()) {
      line("ld t4, window");
      line("add t6, t6, t4");
    }
    line("%s t5, 0(t6)", random.nextBoolean() ? "sw" : "sh");
    for (int i = random.nextInt(4); i > 0; i--) {
      line("addi a2, a2, %d", i);
    }
    if (random.nextBoolean()) {
      line("fence.i");
    }
    label(label);
    line(".word 0x00150513 # addi a0, a0, 1");
    line("j 1f");
    label(other);
    line(".word 0x00350513 # addi a0, a0, 3");
    line(".word 0x00a50533 # add a0, a0, a0");
    label("1");
  }

  /// Replaces an instruction in a loop that ran before, and runs it again.
  private void rewriteFarAway(String label) {
    String start = label + "_loop";
    line("li t3, 2");
    label(start);
    line("li t5, %d", random.nextInt(3, 40));
    label("1");
    label(label);
    line(".word 0x00150513 # addi a0, a0, 1");
    line("xor a1, a1, a0");
    line("addi t5, t5, -1");
    line("bnez t5, 1b");
    line("la t6, " + label);
    line("lw t5, 0(t6)");
    line("li t4, %d", 1 << 20 + random.nextInt(8));
    line("xor t5, t5, t4");
    line("sw t5, 0(t6)");
    if (random.nextBoolean()) {
      line("fence.i");
    }
    line("addi t3, t3, -1");
    line("bnez t3, %s", start);
  }
}
