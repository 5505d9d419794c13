package hospes.conformance.lockstep;

import hospes.conformance.isa.Operands;
import hospes.conformance.isa.StreamGenerator;
import hospes.engine.Disassembler;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// Statements that compute, and those that access memory.
final class SimpleStatements {
  private static final List<String> FREE =
      List.of(
          "t0", "t1", "t2", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5",
          "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5");
  private static final List<String> LOADS = List.of("lb", "lh", "lw", "ld", "lbu", "lhu", "lwu");
  private static final List<String> STORES = List.of("sb", "sh", "sw", "sd");
  private static final List<String> CONDITIONS =
      List.of("beq", "bne", "blt", "bge", "bltu", "bgeu");
  private static final List<String> ATOMICS =
      List.of("swap", "add", "xor", "and", "or", "min", "max", "minu", "maxu");

  /// Where nothing good comes from: see `runtime.s`, and addresses that are nobody's.
  private static final long[] BAD = {
    0x4000_4000L,
    0x4000_4ff8L,
    0x4000_5008L,
    0x4000_5ffcL,
    0x4000_6010L,
    0x4000_6ff9L,
    0x4000_7ff8L,
    0x4000_7020L,
    0x4000_3ffcL,
    0x5000_0000L,
    0x8080_0000L,
    0,
    -8
  };

  private static final int POINTER = 31;

  private final InstructionTable table;
  private final SplittableRandom random;
  private final StringBuilder text;
  private final Operands operands;
  private final Disassembler disassembler;
  private final List<InstructionDefinition> computations;

  SimpleStatements(InstructionTable table, SplittableRandom random, StringBuilder text) {
    this.table = table;
    this.random = random;
    this.text = text;
    this.operands = new Operands(table, random);
    this.disassembler = new Disassembler(table, Disassembler.Style.PLAIN, address -> "." + address);
    this.computations = table.instructions().stream().filter(this::isComputation).toList();
  }

  private boolean isComputation(InstructionDefinition instruction) {
    InstructionDefinition target = operands.target(instruction);
    return !StreamGenerator.isForeign(instruction)
        && !target.operands().containsKey("offset")
        && !target.operands().containsKey("csr")
        && !target.mnemonic().equals("jalr")
        && !target.mnemonic().startsWith("e")
        && !target.mnemonic().startsWith("fence")
        && !target.syntax().parts().contains("(");
  }

  private void line(String statement, Object... arguments) {
    text.append("        ").append(statement.formatted(arguments)).append('\n');
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /// A register that anybody may write.
  String register() {
    return oneOf(FREE);
  }

  private String floatRegister() {
    return "f" + random.nextInt(32);
  }

  /// A branch without its target.
  String condition() {
    return "%s %s, %s,".formatted(oneOf(CONDITIONS), register(), register());
  }

  /// New values for some registers, lest all become zero in the end.
  void refresh() {
    for (int i = 0; i < 4; i++) {
      line("ld %s, %d(gp)", register(), 8 * random.nextInt(-200, 200));
      line("fld %s, %d(gp)", floatRegister(), 8 * random.nextInt(-200, 200));
    }
    line("li %s, %d", register(), random.nextLong());
  }

  /// Any instruction that only computes.
  void computation() {
    while (true) {
      InstructionDefinition choice = computations.get(random.nextInt(computations.size()));
      SequencedMap<String, Long> values = operands.draw(choice);
      if (isFree(operands.written(choice, values)) && Operands.canEncode(choice, values)) {
        int bits = choice.encode(values);
        boolean isShort = table.isShort(bits);
        line(
            "%s 0x%x # %s",
            isShort ? ".half" : ".word",
            isShort ? bits & 0xffff : Integer.toUnsignedLong(bits),
            disassembler.disassemble(0, bits).replace('\t', ' '));
        return;
      }
    }
  }

  private static boolean isFree(int register) {
    return switch (register) {
      case 1, 2, 3, 4, 8, 9, POINTER -> false;
      default -> true;
    };
  }

  /// A load, a store, an atomic, or several of them in a row.
  void access() {
    switch (random.nextInt(9)) {
      case 0 -> {
        pointer();
        loadOrStore("t6", random.nextInt(-16, 16));
      }
      case 1 -> atomic();
      case 2 -> reservation();
      case 3 -> shortAccess();
      default -> {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          loadOrStore("gp", distance());
        }
      }
    }
  }

  /// A distance from the middle of the data pages, often such that the access crosses their border.
  private int distance() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(-8, 8);
      case 1 -> random.nextInt(-2048, 2048);
      default -> 8 * random.nextInt(-256, 256);
    };
  }

  private void loadOrStore(String base, int distance) {
    switch (random.nextInt(8)) {
      case 0 -> line("fld %s, %d(%s)", floatRegister(), distance, base);
      case 1 -> line("flw %s, %d(%s)", floatRegister(), distance, base);
      case 2 -> line("fsd %s, %d(%s)", floatRegister(), distance, base);
      case 3 -> line("fsw %s, %d(%s)", floatRegister(), distance, base);
      case 4, 5 -> line("%s %s, %d(%s)", oneOf(LOADS), register(), distance, base);
      default -> line("%s %s, %d(%s)", oneOf(STORES), register(), distance, base);
    }
  }

  /// Lets t6 point somewhere: mostly to data, sometimes to trouble.
  private void pointer() {
    switch (random.nextInt(6)) {
      case 0 -> line("li t6, %d", BAD[random.nextInt(BAD.length)]);
      case 1 -> {
        // An address that depends on data.
        line("andi t6, %s, 0x7ff", register());
        line("add t6, t6, gp");
      }
      default -> line("addi t6, gp, %d", distance());
    }
  }

  private void atomic() {
    pointer();
    if (random.nextInt(8) > 0) {
      line("andi t6, t6, -8");
    }
    String width = random.nextBoolean() ? "w" : "d";
    line("amo%s.%s %s, %s, (t6)", oneOf(ATOMICS), width, register(), register());
  }

  private void reservation() {
    pointer();
    if (random.nextInt(8) > 0) {
      line("andi t6, t6, -8");
    }
    String width = random.nextBoolean() ? "w" : "d";
    line("1:");
    line("lr.%s a0, (t6)", width);
    line("addi a0, a0, 3");
    line("sc.%s a1, a0, (t6)", width);
    if (random.nextBoolean()) {
      line("bnez a1, 1b");
    }
  }

  private void shortAccess() {
    line("addi a1, gp, %d", distance() & -8);
    switch (random.nextInt(6)) {
      case 0 -> line("c.lw a0, %d(a1)", 4 * random.nextInt(32));
      case 1 -> line("c.ld a2, %d(a1)", 8 * random.nextInt(32));
      case 2 -> line("c.sw a3, %d(a1)", 4 * random.nextInt(32));
      case 3 -> line("c.sd a4, %d(a1)", 8 * random.nextInt(32));
      case 4 -> line("c.fld fa0, %d(a1)", 8 * random.nextInt(32));
      default -> line("c.fsd fa1, %d(a1)", 8 * random.nextInt(32));
    }
  }

  /// Goes over data in a loop of its own, as most programs do most of the time.
  void walk(int most) {
    String load = oneOf(LOADS);
    String store = oneOf(STORES);
    int step = random.nextInt(1, 9);
    line("addi t6, gp, %d", random.nextInt(-2048, 0));
    line("li t5, %d", random.nextInt(2, most + 1));
    text.append("1:\n");
    line("%s t3, 0(t6)", load);
    line("add t4, t4, t3");
    if (random.nextBoolean()) {
      line("%s t4, %d(t6)", store, random.nextInt(-8, 8));
    }
    if (random.nextBoolean()) {
      line("fcvt.d.l ft0, t3");
      line("fadd.d ft1, ft1, ft0");
    }
    line("addi t6, t6, %d", step);
    line("addi t5, t5, -1");
    line("bnez t5, 1b");
  }

  /// Floating point with a look at what it left in `fcsr`.
  void floating() {
    switch (random.nextInt(6)) {
      case 0 -> line("csrwi fflags, %d", random.nextInt(4) == 0 ? random.nextInt(32) : 0);
      case 1 ->
          line("csrwi frm, %d", random.nextInt(6) == 0 ? random.nextInt(8) : random.nextInt(5));
      case 2 -> line("csrr %s, fcsr", register());
      default -> {
        String type = random.nextBoolean() ? "d" : "s";
        for (String operation : List.of("fadd", "fmul", "fdiv", "fsub")) {
          if (random.nextBoolean()) {
            line(
                "%s.%s %s, %s, %s",
                operation, type, floatRegister(), floatRegister(), floatRegister());
          }
        }
        line("csrr %s, fflags", register());
      }
    }
  }
}
