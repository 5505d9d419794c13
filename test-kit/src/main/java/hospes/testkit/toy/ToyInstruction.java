package hospes.testkit.toy;

import java.util.Locale;
import java.util.Optional;

/// The toy's instructions. Each is a code, which is the place in this list counted from 1, and its
/// operands.
enum ToyInstruction {
  /// `set rd, value`
  SET("rb"),
  /// `add rd, rs`: modulo 256.
  ADD("rr"),
  /// `jump address`. A jump to itself waits for ever, an instruction a nanosecond.
  JUMP("a"),
  /// `jumpif rs, value, address`: where they are equal.
  JUMPIF("rba"),
  /// `print rs`
  PRINT("r"),
  /// `read rd`: waits for a byte of input.
  READ("r"),
  /// `poll rd`: a byte of input, or 0 where there is none.
  POLL("r"),
  /// `load rd, ri, address`: from address + ri.
  LOAD("rra"),
  /// `store rs, ri, address`: to address + ri.
  STORE("rra"),
  /// `sleep milliseconds`: until so much later.
  SLEEP("n"),
  /// `random rd`
  RANDOM("r"),
  /// `work count`: takes as long as so many instructions, and is counted so.
  WORK("n"),
  /// `off rs`: switches off with an exit code.
  OFF("r"),
  /// `reset`: as if it was switched off and on.
  RESET(""),
  /// `bug`: fails as a machine with a bug does, which no other one can be made to.
  BUG("");

  private final String operands;

  /// @param operands a letter each: register, byte, address of two bytes, number of four bytes
  ToyInstruction(String operands) {
    this.operands = operands;
  }

  /// Letters of its operands.
  String operands() {
    return operands;
  }

  /// The first byte of its encoding.
  int code() {
    return ordinal() + 1;
  }

  /// Bytes of its encoding.
  int length() {
    return 1 + operands.chars().map(kind -> size((char) kind)).sum();
  }

  /// Bytes of an operand.
  static int size(char kind) {
    return switch (kind) {
      case 'a' -> 2;
      case 'n' -> 4;
      default -> 1;
    };
  }

  /// As it is written in a program.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ToyInstruction> of(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }

  static Optional<ToyInstruction> of(String text) {
    for (ToyInstruction each : values()) {
      if (each.text().equals(text)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
