package hospes.engine.processor;

import hospes.engine.Encoding;
import hospes.engine.ListedInstruction;
import hospes.engine.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An instruction method.
///
/// @param operation the number by which the interpreter knows it
/// @param definition text and encoding, as written
/// @param call class and method
/// @param expression the expression that the method's body consists of, if it is no more than that
/// @param shape how it is written and encoded
/// @param parameters what the method takes
/// @param result what becomes of what it returns
/// @param resultKind kind of the result, if it goes to a register
/// @param effects how it may touch the world beside its result
/// @param kinds kinds of the fields that differ from the architecture's
/// @param aliases other ways to write it
/// @param documentation the method's comment
record InstructionModel(
    int operation,
    String definition,
    String call,
    Optional<String> expression,
    Shape shape,
    List<Parameter> parameters,
    Result result,
    Optional<KindModel> resultKind,
    Effects effects,
    Map<String, KindModel> kinds,
    List<String> aliases,
    String documentation) {

  /// How an instruction is written and encoded.
  sealed interface Shape {
    /// As a word.
    ///
    /// @param layout where the decoder puts its operands
    record Word(Syntax syntax, Encoding encoding, Layout layout) implements Shape {}

    /// With listed operands.
    record Listed(ListedInstruction instruction) implements Shape {}
  }

  /// What becomes of the method's result.
  enum Result {
    NOTHING,
    VALUE,
    BRANCH,
    VALUE_BRANCH,
    JUMP,
    TRAP
  }

  /// How the instruction touches the world.
  record Effects(
      boolean loads, boolean stores, boolean serializes, boolean frames, boolean faults) {}

  /// A parameter of the method.
  sealed interface Parameter {
    /// The value of an operand.
    record Value(String field, KindModel kind, String type) implements Parameter {}

    /// The number in a field.
    record Number(String field) implements Parameter {}

    /// The number of what a mixed operand names.
    record Name(String field, KindModel kind) implements Parameter {}

    /// How many operands there are.
    record Count(String parameter) implements Parameter {}

    /// The instruction's own address.
    record Address(String parameter) implements Parameter {}

    /// The address of the next instruction.
    record Following(String parameter) implements Parameter {}

    /// One of the interpreter's local variables.
    record LocalVariable(String parameter, String name) implements Parameter {}
  }

  private Shape.Word word() {
    return switch (shape) {
      case Shape.Word word -> word;
      case Shape.Listed _ -> throw new IllegalStateException(call + " is no word");
    };
  }

  /// How it is written, where it is a word.
  Syntax syntax() {
    return word().syntax();
  }

  /// How it is encoded, where it is a word.
  Encoding encoding() {
    return word().encoding();
  }

  /// Where the decoder puts its operands, where it is a word.
  Layout layout() {
    return word().layout();
  }

  /// Text and encoding, where its operands are listed.
  ListedInstruction listed() {
    return switch (shape) {
      case Shape.Listed listed -> listed.instruction();
      case Shape.Word _ -> throw new IllegalStateException(call + " has no list");
    };
  }

  /// Whether its method takes the whole state.
  boolean takesState() {
    return parameters.stream()
        .anyMatch(
            parameter ->
                parameter instanceof Parameter.LocalVariable(String _, String name)
                    && name.equals("core"));
  }

  /// Name of the constant that holds the operation's number.
  String constant() {
    return switch (shape) {
      case Shape.Word word -> constant(word.syntax().mnemonic());
      // Several encodings may have one mnemonic.
      case Shape.Listed _ -> constant(call.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_'));
    };
  }

  static String constant(String mnemonic) {
    return mnemonic.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
  }
}
