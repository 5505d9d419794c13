package hospes.engine.processor;

import hospes.engine.Encoding;
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
/// @param syntax how it is written
/// @param encoding how it is encoded
/// @param parameters what the method takes
/// @param result what becomes of what it returns
/// @param resultKind kind of the result, if it goes to a register
/// @param effects how it may touch the world beside its result
/// @param kinds kinds of the fields that differ from the architecture's
/// @param aliases other ways to write it
/// @param layout where the decoder puts its operands
/// @param documentation the method's comment
record InstructionModel(
    int operation,
    String definition,
    String call,
    Optional<String> expression,
    Syntax syntax,
    Encoding encoding,
    List<Parameter> parameters,
    Result result,
    Optional<KindModel> resultKind,
    Effects effects,
    Map<String, KindModel> kinds,
    List<String> aliases,
    Layout layout,
    String documentation) {

  /// What becomes of the method's result.
  enum Result {
    NOTHING,
    VALUE,
    BRANCH,
    JUMP,
    TRAP
  }

  /// How the instruction touches the world.
  record Effects(boolean loads, boolean stores, boolean serializes) {}

  /// A parameter of the method.
  sealed interface Parameter {
    /// The value of an operand.
    record Value(String field, KindModel kind, String type) implements Parameter {}

    /// The number in a field.
    record Number(String field) implements Parameter {}

    /// The instruction's own address.
    record Address(String parameter) implements Parameter {}

    /// One of the interpreter's local variables.
    record LocalVariable(String parameter, String name) implements Parameter {}
  }

  /// Name of the constant that holds the operation's number.
  String constant() {
    return constant(syntax.mnemonic());
  }

  static String constant(String mnemonic) {
    return mnemonic.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
  }
}
