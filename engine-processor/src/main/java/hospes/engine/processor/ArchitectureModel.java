package hospes.engine.processor;

import hospes.engine.DefinitionException;
import java.util.List;
import java.util.Map;

/// What an [hospes.engine.Architecture] annotation says, with all of its instructions.
///
/// @param name name of the architecture
/// @param prefix what generated classes are called first
/// @param state simple name of the class that holds the registers
/// @param locals local variables of the interpreter
/// @param shortWhen the condition under which an instruction has two bytes
/// @param fields the fields of instruction words, by name
/// @param extensions the extensions, in order
record ArchitectureModel(
    String name,
    String prefix,
    String state,
    List<Local> locals,
    String shortWhen,
    Map<String, FieldModel> fields,
    List<ExtensionModel> extensions) {

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
