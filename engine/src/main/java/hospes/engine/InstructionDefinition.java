package hospes.engine;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// One instruction of a table: its text, its encoding and its operands.
///
/// @param extension name of the extension that it belongs to
/// @param syntax how it is written
/// @param encoding how it is encoded
/// @param operands what its fields mean, by name
/// @param expansion the instruction that it is short for, if it is a compressed one
public record InstructionDefinition(
    String extension,
    Syntax syntax,
    Encoding encoding,
    SequencedMap<String, Operand> operands,
    Optional<Rewrite> expansion) {

  /// What a field means.
  ///
  /// @param form how its number is encoded
  /// @param text how it is written
  /// @param offset what is added to its bits
  public record Operand(OperandKind.Form form, OperandText text, int offset) {}

  /// The bits of the instruction word that the text does not tell: zeros, where there is a text.
  public int unspoken() {
    int bits = encoding.ignored();
    for (String field : encoding.fields().keySet()) {
      if (!syntax.operands().contains(field)) {
        bits = encoding.insert(field, bits, -1);
      }
    }
    return bits;
  }

  /// The mnemonic.
  public String mnemonic() {
    return syntax.mnemonic();
  }

  /// Takes the operands out of an instruction word.
  public SequencedMap<String, Long> extract(int bits) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (String field : encoding.fields().keySet()) {
      values.put(field, value(field, bits));
    }
    return values;
  }

  private long value(String field, int bits) {
    Operand operand = operand(field);
    long value = Integer.toUnsignedLong(encoding.extract(field, bits));
    int width = encoding.fieldWidth(field);
    return switch (operand.form()) {
      case REGISTER, UNSIGNED, MIXED -> value + operand.offset();
      case SIGNED, RELATIVE -> value << 64 - width >> 64 - width;
    };
  }

  /// The meaning of a field.
  public Operand operand(String field) {
    Operand operand = operands.get(field);
    if (operand == null) {
      throw new DefinitionException("%s has no operand %s".formatted(mnemonic(), field));
    }
    return operand;
  }

  /// Puts an instruction word together.
  ///
  /// @throws IllegalArgumentException where a value does not fit its field
  public int encode(SequencedMap<String, Long> values) {
    int bits = encoding.match();
    for (var entry : values.entrySet()) {
      String field = entry.getKey();
      bits = encoding.insert(field, bits, (int) (entry.getValue() - operand(field).offset()));
      if (value(field, bits) != entry.getValue()) {
        throw new IllegalArgumentException(
            "%d does not fit the operand %s of %s, which takes %s"
                .formatted(entry.getValue(), field, mnemonic(), range(field)));
      }
    }
    for (Encoding.Exclusion exclusion : encoding.exclusions()) {
      if (encoding.extract(exclusion.field(), bits) == exclusion.value()) {
        throw new IllegalArgumentException(
            "%s has no encoding with %s = %d"
                .formatted(mnemonic(), exclusion.field(), exclusion.value()));
      }
    }
    return bits;
  }

  /// The numbers that a field can hold, in words.
  private String range(String field) {
    Operand operand = operand(field);
    int width = encoding.fieldWidth(field);
    long unit =
        1L << encoding.slices(field).stream().mapToInt(Encoding.Slice::fieldBit).min().orElse(0);
    boolean signed =
        switch (operand.form()) {
          case REGISTER, UNSIGNED, MIXED -> false;
          case SIGNED, RELATIVE -> true;
        };
    long lowest = signed ? -1L << width - 1 : operand.offset();
    long highest = signed ? -lowest - unit : (1L << width) - unit + operand.offset();
    return "%d to %d%s"
        .formatted(lowest, highest, unit == 1 ? "" : " in steps of %d".formatted(unit));
  }

  /// The operands of the instruction that this one is written in terms of.
  static SequencedMap<String, Long> rewrite(Rewrite rewrite, SequencedMap<String, Long> own) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    rewrite
        .values()
        .forEach(
            (field, value) ->
                values.put(
                    field,
                    switch (value) {
                      case Rewrite.Same same -> own.getOrDefault(same.operand(), 0L);
                      case Rewrite.Constant constant -> constant.value();
                    }));
    return values;
  }
}
