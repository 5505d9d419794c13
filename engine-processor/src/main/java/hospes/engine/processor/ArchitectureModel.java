package hospes.engine.processor;

import hospes.engine.CodeLayout;
import hospes.engine.DefinitionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an [hospes.engine.Architecture] annotation says, with all of its instructions.
///
/// @param name name of the architecture
/// @param prefix what generated classes are called first
/// @param state simple name of the class that holds the registers
/// @param locals local variables of the interpreter
/// @param operands where decoded operands are
/// @param result the kind of results that instructions name, where operands are listed
/// @param shortWhen the condition under which an instruction has two bytes
/// @param fields the fields of instruction words, by name
/// @param extensions the extensions, in order
record ArchitectureModel(
    String name,
    String prefix,
    String state,
    List<Local> locals,
    CodeLayout.Operands operands,
    Optional<KindModel> result,
    String shortWhen,
    Map<String, FieldModel> fields,
    List<ExtensionModel> extensions) {

  /// How instructions lie in memory.
  CodeLayout layout() {
    return switch (operands) {
      case PACKED -> CodeLayout.HALFWORDS;
      case LISTED -> CodeLayout.BYTES;
    };
  }

  /// Whether an operand kind is that of results, and so of what is a value.
  boolean isCommon(KindModel kind) {
    return result.equals(Optional.of(kind));
  }

  /// Name of the class that holds the operations' numbers.
  String numbers() {
    return switch (operands) {
      case PACKED -> prefix + "Decoder";
      case LISTED -> prefix + "Instructions";
    };
  }

  /// A local variable of the interpreter.
  record Local(String type, String name, String expression) {}

  /// A field of instruction words.
  record FieldModel(String name, int width, int offset, KindModel kind) {}

  FieldModel field(String name) {
    FieldModel field = fields.get(name);
    if (field == null) {
      throw new DefinitionException("the architecture declares no field '%s'".formatted(name));
    }
    return field;
  }

  int fieldWidth(String name) {
    return field(name).width();
  }
}
