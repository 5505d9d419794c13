package hospes.engine.processor;

import hospes.engine.processor.InstructionModel.Parameter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/// Java expressions over the packed `instruction`, shared by the writers of interpreters.
final class Expressions {
  private static final Set<String> NARROW = Set.of("int", "short", "byte");

  private Expressions() {}

  /// The call of an instruction's method with its operands. `address` is the expression for the
  /// instruction's own address.
  static String call(InstructionModel instruction, String address) {
    return instruction.call()
        + instruction.parameters().stream()
            .map(parameter -> argument(instruction, parameter, address))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String argument(
      InstructionModel instruction, Parameter parameter, String address) {
    return switch (parameter) {
      case Parameter.Address _ -> address;
      case Parameter.LocalVariable local -> local.name();
      case Parameter.Name _, Parameter.Count _, Parameter.Following _ ->
          throw new IllegalStateException("only listed operands have " + parameter);
      case Parameter.Number number -> instruction.layout().place(number.field()).read();
      case Parameter.Value value -> {
        String read = value.kind().read(instruction.layout().place(value.field()).read());
        yield NARROW.contains(value.type()) ? "(%s) (%s)".formatted(value.type(), read) : read;
      }
    };
  }

  /// The instruction's meaning as an expression: its method's own one with the operands put in, or
  /// else a call.
  static String spliced(InstructionModel instruction, String address) {
    if (instruction.expression().isEmpty()) {
      return call(instruction, address);
    }
    String expression = instruction.expression().get();
    for (Parameter parameter : instruction.parameters()) {
      String name =
          switch (parameter) {
            case Parameter.Address(String own) -> own;
            case Parameter.LocalVariable(String own, String _) -> own;
            case Parameter.Number(String field) -> field;
            case Parameter.Name(String field, KindModel _) -> field;
            case Parameter.Count(String own) -> own;
            case Parameter.Following(String own) -> own;
            case Parameter.Value value -> value.field();
          };
      String argument = argument(instruction, parameter, address);
      boolean simple = argument.matches("\\w+") || argument.matches("x\\[[^\\]]*\\]");
      // An operand that is named more than once is read more than once: reading has no effects.
      expression =
          expression.replaceAll(
              "(?<![\\w.])" + name + "(?!\\w)",
              Matcher.quoteReplacement(simple ? argument : "(" + argument + ")"));
    }
    return expression;
  }

  /// The statement that stores `value` in the register `rd`.
  static String store(InstructionModel instruction, String value) {
    KindModel kind = instruction.resultKind().orElseThrow();
    return kind.write(instruction.layout().place("rd").read(), value);
  }
}
