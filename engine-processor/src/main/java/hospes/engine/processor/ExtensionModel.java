package hospes.engine.processor;

import java.util.List;

/// A class of instruction methods.
///
/// @param className simple name of the class
/// @param name name of the extension
/// @param guard method that tells whether the extension is switched off, or nothing
/// @param place whether the interpreter calls these instructions, rather than having them in its
/// loop
/// @param documentation the class's comment
/// @param instructions the instructions
/// @param compressed definitions of the short encodings
/// @param aliases other ways to write the short encodings
record ExtensionModel(
    String className,
    String name,
    String guard,
    String place,
    String documentation,
    List<InstructionModel> instructions,
    List<CompressedModel> compressed,
    List<String> aliases) {

  boolean isCalled() {
    return place.equals("CALLED") && !instructions.isEmpty();
  }

  String generatedName() {
    return className + "Interpreter";
  }
}
