package hospes.engine;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongFunction;

/// Writes instructions as text, in the manner of GNU objdump.
public final class Disassembler {
  /// Which words are used where an instruction can be written in several ways.
  public enum Style {
    /// The common ones: `ret`, `mv a0,a1`; compressed instructions look like what they expand to.
    ALIASES,
    /// The instruction's own: `c.jr ra`, `addi a0,a1,0`.
    PLAIN
  }

  private final InstructionTable table;
  private final Style style;
  private final LongFunction<String> target;

  /// A disassembler that writes the targets of branches as `target` says.
  public Disassembler(InstructionTable table, Style style, LongFunction<String> target) {
    this.table = table;
    this.style = style;
    this.target = target;
  }

  /// The text of an instruction word at an address; `.2byte` or `.4byte` with its value where it
  /// means nothing, or where assembly cannot express it because it sets bits that are ignored.
  public String disassemble(long address, int bits) {
    Optional<InstructionDefinition> found = table.find(bits);
    if (found.isEmpty() || (found.get().unspoken() & bits) != 0) {
      return table.isShort(bits)
          ? ".2byte\t0x%x".formatted(bits & 0xffff)
          : ".4byte\t0x%x".formatted(bits);
    }
    InstructionDefinition instruction = found.get();
    SequencedMap<String, Long> values = instruction.extract(bits);
    if (style == Style.PLAIN) {
      return format(instruction.syntax(), instruction, values, address);
    }
    if (instruction.expansion().isPresent()) {
      Optional<String> ownName = alias(instruction, values, address);
      if (ownName.isPresent()) {
        return ownName.get();
      }
      Rewrite expansion = instruction.expansion().get();
      values = InstructionDefinition.rewrite(expansion, values);
      instruction = table.get(expansion.target());
    }
    Optional<String> text = alias(instruction, values, address);
    return text.isPresent()
        ? text.get()
        : format(instruction.syntax(), instruction, values, address);
  }

  /// The text by the first alias that fits.
  private Optional<String> alias(
      InstructionDefinition instruction, SequencedMap<String, Long> values, long address) {
    for (InstructionTable.AliasDefinition alias : table.aliases(instruction.mnemonic())) {
      SequencedMap<String, String> operands = new LinkedHashMap<>();
      if (matches(alias, values, operands)) {
        return Optional.of(
            alias
                .syntax()
                .format(
                    operand -> {
                      String field = operands.getOrDefault(operand, operand);
                      return text(instruction, field, values.getOrDefault(field, 0L), address);
                    }));
      }
    }
    return Optional.empty();
  }

  /// Whether an alias fits these operands; fills in which operand of the instruction each of the
  /// alias is.
  private static boolean matches(
      InstructionTable.AliasDefinition alias,
      SequencedMap<String, Long> values,
      SequencedMap<String, String> operands) {
    for (var entry : alias.rewrite().values().entrySet()) {
      long value = values.getOrDefault(entry.getKey(), 0L);
      switch (entry.getValue()) {
        case Rewrite.Constant constant -> {
          if (constant.value() != value) {
            return false;
          }
        }
        case Rewrite.Same same -> {
          String before = operands.putIfAbsent(same.operand(), entry.getKey());
          if (before != null && values.getOrDefault(before, 0L) != value) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private String format(
      Syntax syntax,
      InstructionDefinition instruction,
      SequencedMap<String, Long> values,
      long address) {
    return syntax.format(
        field -> text(instruction, field, values.getOrDefault(field, 0L), address));
  }

  private String text(InstructionDefinition instruction, String field, long value, long address) {
    if (!instruction.operands().containsKey(field)) {
      return field;
    }
    InstructionDefinition.Operand operand = instruction.operand(field);
    return operand.form() == OperandKind.Form.RELATIVE
        ? target.apply(address + value)
        : operand.text().format(value);
  }
}
