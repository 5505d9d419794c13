package hospes.conformance.isa;

import hospes.conformance.isa.Step.Reference;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Makes streams of all instructions that an unprivileged program can use and QEMU 7.2 knows.
///
/// A register is set aside to point to memory. Jumps lead forward, so every stream ends; accesses
/// to memory stay in the window; rounding modes stay valid; a store-conditional follows its
/// load-reserved, because what happens otherwise is left open by the manual.
public final class StreamGenerator {
  private static final int MAX_SKIP = 6;
  private static final int FCSR = 3;

  /// Bits of `fcsr` that may be written as they come, so that the rounding mode stays valid.
  private static final long VALID_FCSR = ~0x80L;

  private static final long VALID_FRM = ~0x4L;

  private final InstructionTable table;
  private final List<InstructionDefinition> choices;
  private final Map<String, Integer> drawn = new TreeMap<>();
  private SplittableRandom random = new SplittableRandom(0);
  private Operands operands;
  private int pointer;

  StreamGenerator(InstructionTable table) {
    this.table = table;
    this.operands = new Operands(table, random);
    this.choices =
        table.instructions().stream()
            .filter(Predicate.not(StreamGenerator::isForeign))
            .filter(instruction -> !instruction.mnemonic().startsWith("sc."))
            .toList();
  }

  /// Instructions that need privileges or an answer from outside, and those that QEMU 7.2 does not
  /// know; these have tests of their own.
  public static boolean isForeign(InstructionDefinition instruction) {
    return switch (instruction.extension()) {
      case "Privileged, Svinval", "Zicbom, Zicboz", "Zicond" -> true;
      case "I, Zawrs" -> true;
      default ->
          instruction.mnemonic().equals("c.unimp") || instruction.mnemonic().equals("c.ebreak");
    };
  }

  /// How often each instruction was drawn.
  Map<String, Integer> drawn() {
    return drawn;
  }

  /// A stream of about `length` instructions to be run on `rounds` states.
  Stream generate(long seed, int length, int rounds) {
    random = new SplittableRandom(seed);
    operands = new Operands(table, random);
    pointer = random.nextInt(1, 32);
    int codeOffset = random.nextInt(0x1000) & ~1;
    List<List<Step>> items = new ArrayList<>();
    while (items.size() < length) {
      InstructionDefinition choice = choices.get(random.nextInt(choices.size()));
      item(choice)
          .ifPresent(
              item -> {
                items.add(item);
                item.forEach(step -> drawn.merge(step.definition().mnemonic(), 1, Integer::sum));
              });
    }
    EdgeValues edges = new EdgeValues(random);
    byte[] window = new byte[Layout.WINDOW_BYTES];
    for (int i = 0; i < window.length; i += Long.BYTES) {
      long word = edges.integer();
      for (int k = 0; k < Long.BYTES; k++) {
        window[i + k] = (byte) (word >>> 8 * k);
      }
    }
    List<long[]> states = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      states.add(state(edges));
    }
    return new Stream(seed, pointer, codeOffset, List.copyOf(items), window, states);
  }

  private long[] state(EdgeValues edges) {
    long[] state = new long[Layout.STATE_WORDS];
    for (int i = 1; i < 32; i++) {
      state[i] = edges.integer();
      state[Layout.FLOATS + i] = edges.floating();
    }
    state[Layout.FLOATS] = edges.floating();
    state[Layout.FCSR] = (long) random.nextInt(5) << 5 | random.nextInt(32);
    return state;
  }

  private Optional<List<Step>> item(InstructionDefinition choice) {
    InstructionDefinition target = operands.target(choice);
    if (target.operands().containsKey("offset")) {
      return branch(choice);
    }
    if (target.mnemonic().equals("jalr")) {
      return indirectJump(choice);
    }
    if (target.mnemonic().startsWith("csr")) {
      return csrAccess(choice);
    }
    if (target.mnemonic().startsWith("lr.")) {
      return reservation(choice);
    }
    if (target.syntax().parts().contains("(")) {
      return access(choice);
    }
    if (target.mnemonic().equals("ctzw")) {
      return trailingZeros(choice);
    }
    return computation(choice);
  }

  private Optional<List<Step>> computation(InstructionDefinition choice) {
    SequencedMap<String, Long> values = operands.draw(choice);
    return isHarmless(choice, values)
        ? Optional.of(List.of(Step.of(choice, values)))
        : Optional.empty();
  }

  /// QEMU 7.2 looks for ones beyond the low word if that is zero, so it gets a one here.
  private Optional<List<Step>> trailingZeros(InstructionDefinition choice) {
    return computation(choice)
        .filter(item -> register(item.getFirst().values(), "rs1") != pointer)
        .map(
            item -> {
              int source = register(item.getFirst().values(), "rs1");
              long one = 1L << random.nextInt(11);
              return List.of(
                  step("slli", "rd", source, "rs1", source, "shamt", random.nextInt(32)),
                  step("ori", "rd", source, "rs1", source, "imm", one),
                  item.getFirst());
            });
  }

  private boolean isHarmless(InstructionDefinition choice, SequencedMap<String, Long> values) {
    return operands.written(choice, values) != pointer && Operands.canEncode(choice, values);
  }

  private Optional<List<Step>> branch(InstructionDefinition choice) {
    SequencedMap<String, Long> values = operands.draw(choice);
    values.remove("offset");
    if (operands.written(choice, values) == pointer) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(new Step(choice, values, Optional.of(new Reference("offset", skip(), 0, 0)))));
  }

  private int skip() {
    return random.nextInt(MAX_SKIP);
  }

  private Optional<List<Step>> indirectJump(InstructionDefinition choice) {
    SequencedMap<String, Long> values = operands.draw(choice);
    int base = (int) Operands.operand(choice, values, "rs1");
    if (base == 0 || base == pointer || operands.written(choice, values) == pointer) {
      return Optional.empty();
    }
    Step start = step("auipc", "rd", base, "imm", 0);
    if (choice.expansion().isEmpty()) {
      values.remove("imm");
      // The lowest bit of the target is ignored.
      Reference target = new Reference("imm", skip(), 0, random.nextInt(2));
      return Optional.of(List.of(start, new Step(choice, values, Optional.of(target))));
    }
    SequencedMap<String, Long> addition = operandsOf("rd", base, "rs1", base);
    Reference target = new Reference("imm", skip(), 0, 0);
    return Optional.of(
        List.of(
            start,
            new Step(table.get("addi"), addition, Optional.of(target)),
            Step.of(choice, values)));
  }

  private Optional<List<Step>> csrAccess(InstructionDefinition choice) {
    SequencedMap<String, Long> values = operands.draw(choice);
    int csr = random.nextInt(1, FCSR + 1);
    values.put("csr", (long) csr);
    boolean sets = choice.mnemonic().startsWith("csrrs");
    boolean swaps = choice.mnemonic().startsWith("csrrw");
    if (values.containsKey("uimm")) {
      long valid = csr != 2 ? -1 : sets ? 0 : swaps ? VALID_FRM : -1;
      values.computeIfPresent("uimm", (field, value) -> value & valid);
      return isHarmless(choice, values)
          ? Optional.of(List.of(Step.of(choice, values)))
          : Optional.empty();
    }
    int source = register(values, "rs1");
    long mask = csr == FCSR ? VALID_FCSR : csr == 2 ? VALID_FRM : -1;
    if (sets && csr != 1) {
      // Set bits could make a valid mode invalid.
      values.put("rs1", 0L);
      mask = -1;
    }
    if (source == pointer || operands.written(choice, values) == pointer) {
      return Optional.empty();
    }
    Step tame = step("andi", "rd", source, "rs1", random.nextInt(32), "imm", mask);
    return Optional.of(List.of(tame, Step.of(choice, values)));
  }

  private Optional<List<Step>> access(InstructionDefinition choice) {
    SequencedMap<String, Long> values = operands.draw(choice);
    int base = (int) Operands.operand(choice, values, "rs1");
    if (base == 0 || !isHarmless(choice, values)) {
      return Optional.empty();
    }
    boolean atomic = choice.mnemonic().startsWith("amo");
    long imm = Operands.operand(choice, values, "imm");
    if (base == pointer) {
      return atomic || isInWindow(imm)
          ? Optional.of(List.of(Step.of(choice, values)))
          : Optional.empty();
    }
    long at = position();
    long fromPointer = atomic ? at & -8 : at - imm;
    return isInWindow(fromPointer)
        ? Optional.of(List.of(pointTo(base, fromPointer), Step.of(choice, values)))
        : Optional.empty();
  }

  /// A distance from the middle of the window, often such that an access crosses the border of
  /// pages.
  private long position() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> random.nextInt(-8, 8);
      case 2 -> random.nextBoolean() ? -2048 : 2047;
      default -> random.nextInt(-2048, 2048);
    };
  }

  private static boolean isInWindow(long distance) {
    return distance >= -2048 && distance < 2048;
  }

  private Step pointTo(int register, long distance) {
    return step("addi", "rd", register, "rs1", pointer, "imm", distance);
  }

  /// Load-reserved, at most two instructions, and the store-conditional; sometimes to another
  /// place, where it must fail.
  private Optional<List<Step>> reservation(InstructionDefinition load) {
    SequencedMap<String, Long> values = operands.draw(load);
    int base = register(values, "rs1");
    int other = random.nextInt(1, 32);
    if (base == 0
        || base == pointer
        || other == base
        || other == pointer
        || register(values, "rd") == base
        || register(values, "rd") == other
        || register(values, "rd") == pointer) {
      return Optional.empty();
    }
    long at = position() & -8;
    List<Step> steps = new ArrayList<>();
    steps.add(pointTo(base, at));
    steps.add(pointTo(other, at ^ 16));
    steps.add(Step.of(load, values));
    if (random.nextBoolean()) {
      steps.add(
          step("add", "rd", register(values, "rd"), "rs1", register(values, "rd"), "rs2", base));
    }
    InstructionDefinition store = table.get(load.mnemonic().replace("lr.", "sc."));
    SequencedMap<String, Long> stored = operands.draw(store);
    stored.put("rs1", (long) (random.nextInt(4) == 0 ? other : base));
    if (register(stored, "rd") == pointer) {
      return Optional.empty();
    }
    steps.add(Step.of(store, stored));
    return Optional.of(steps);
  }

  private static int register(SequencedMap<String, Long> values, String field) {
    return values.getOrDefault(field, 0L).intValue();
  }

  private Step step(String mnemonic, Object... values) {
    return Step.of(table.get(mnemonic), operandsOf(values));
  }

  private static SequencedMap<String, Long> operandsOf(Object... values) {
    SequencedMap<String, Long> operands = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      operands.put((String) values[i], ((Number) values[i + 1]).longValue());
    }
    return operands;
  }
}
