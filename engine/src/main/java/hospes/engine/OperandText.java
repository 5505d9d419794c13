package hospes.engine;

import java.util.OptionalLong;

/// How an operand's number is written in assembly.
public interface OperandText {
  /// The text of a number.
  String format(long value);

  /// The number of a text; empty where the text is none of this kind's own names (the assembler
  /// then tries an expression).
  OptionalLong parse(String text);

  /// The number that an expression stands for in the text, where it is not the number itself.
  ///
  /// @throws IllegalArgumentException where the expression's value cannot be meant
  default long number(long written) {
    return written;
  }

  /// A decimal number.
  final class Decimal implements OperandText {
    @Override
    public String format(long value) {
      return Long.toString(value);
    }

    @Override
    public OptionalLong parse(String text) {
      return OptionalLong.empty();
    }
  }

  /// A hexadecimal number with `0x` before it.
  final class Hexadecimal implements OperandText {
    @Override
    public String format(long value) {
      return "0x" + Long.toHexString(value);
    }

    @Override
    public OptionalLong parse(String text) {
      return OptionalLong.empty();
    }
  }
}
