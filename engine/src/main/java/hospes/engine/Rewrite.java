package hospes.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An instruction written in terms of another: what an alias stands for, or what a compressed
/// instruction expands to.
///
/// @param target mnemonic of the other instruction
/// @param values for each of the other's operands, what it is here
public record Rewrite(String target, SequencedMap<String, Value> values) {
  /// What an operand is.
  public sealed interface Value {}

  /// The same as one of our own operands.
  public record Same(String operand) implements Value {}

  /// Always this number.
  public record Constant(long value) implements Value {}

  /// Parses `addi rd, x0, imm` as a use of the instruction with the syntax `target`, in terms of
  /// `own` operands.
  static Rewrite parse(String text, Syntax target, List<String> own) {
    String[] halves = text.trim().split("\\s+", 2);
    SequencedMap<String, String> written =
        target
            .match(halves[0], halves.length == 2 ? halves[1] : "")
            .orElseThrow(
                () ->
                    new DefinitionException(
                        "'%s' is not written like %s".formatted(text, target.mnemonic())));
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    written.forEach(
        (field, value) ->
            values.put(field, own.contains(value) ? new Same(value) : constant(value)));
    return new Rewrite(target.mnemonic(), values);
  }

  /// A number, or a register by a letter and its number.
  private static Constant constant(String value) {
    String digits = value.matches("[a-z][0-9]+") ? value.substring(1) : value;
    try {
      return new Constant(digits.isEmpty() ? 0 : Long.parseLong(digits));
    } catch (NumberFormatException notNumber) {
      throw new DefinitionException("'%s' is neither an operand nor a number".formatted(value));
    }
  }
}
