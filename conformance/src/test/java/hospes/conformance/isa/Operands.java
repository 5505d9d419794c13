package hospes.conformance.isa;

import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import hospes.engine.OperandKind.Form;
import hospes.engine.Rewrite;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// Draws operands of instructions.
public final class Operands {
  private final InstructionTable table;
  private final SplittableRandom random;

  /// Draws from `random`.
  public Operands(InstructionTable table, SplittableRandom random) {
    this.table = table;
    this.random = random;
  }

  /// Operands that an instruction can have, often at the limits of what they can be; rounding modes
  /// are valid ones.
  public SequencedMap<String, Long> draw(InstructionDefinition instruction) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (String field : instruction.encoding().fields().keySet()) {
      values.put(field, draw(instruction, field));
    }
    return values;
  }

  private long draw(InstructionDefinition instruction, String field) {
    if (field.equals("rm")) {
      int mode = random.nextInt(7);
      return mode > 4 ? 7 : mode;
    }
    InstructionDefinition.Operand operand = instruction.operand(field);
    int held = 0;
    for (var slice : instruction.encoding().slices(field)) {
      held |= (slice.width() == 32 ? -1 : (1 << slice.width()) - 1) << slice.fieldBit();
    }
    int bits = random.nextInt();
    if (operand.form() != Form.REGISTER) {
      bits =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Integer.lowestOneBit(held);
            case 3 -> Integer.highestOneBit(held);
            case 4 -> ~Integer.highestOneBit(held);
            default -> bits;
          };
    }
    long value = Integer.toUnsignedLong(bits & held);
    int width = instruction.encoding().fieldWidth(field);
    return switch (operand.form()) {
      case REGISTER, UNSIGNED, MIXED -> value + operand.offset();
      case SIGNED, RELATIVE -> value << 64 - width >> 64 - width;
    };
  }

  /// Whether the operands can be encoded: some encodings do not take all registers or a zero.
  public static boolean canEncode(
      InstructionDefinition instruction, SequencedMap<String, Long> values) {
    try {
      instruction.encode(values);
      return true;
    } catch (IllegalArgumentException excluded) {
      return false;
    }
  }

  /// The integer register that an instruction writes, or 0.
  public int written(InstructionDefinition instruction, SequencedMap<String, Long> values) {
    InstructionDefinition target = target(instruction);
    if (!target.operands().containsKey("rd") || isFloat(target, "rd")) {
      return 0;
    }
    return (int) operand(instruction, values, "rd");
  }

  /// What an operand of the instruction is, or of what a short one expands to.
  public static long operand(
      InstructionDefinition instruction, SequencedMap<String, Long> values, String field) {
    if (instruction.expansion().isEmpty()) {
      return values.getOrDefault(field, 0L);
    }
    Rewrite.Value value = instruction.expansion().get().values().get(field);
    return switch (value) {
      case null -> 0;
      case Rewrite.Constant constant -> constant.value();
      case Rewrite.Same same -> values.getOrDefault(same.operand(), 0L);
    };
  }

  /// The instruction itself, or what a short one expands to.
  public InstructionDefinition target(InstructionDefinition instruction) {
    return instruction
        .expansion()
        .map(expansion -> table.get(expansion.target()))
        .orElse(instruction);
  }

  private static boolean isFloat(InstructionDefinition instruction, String field) {
    return instruction.operand(field).text().format(0).startsWith("f");
  }
}
