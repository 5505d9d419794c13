package hospes.engine.processor;

import hospes.engine.Encoding;
import hospes.engine.Syntax;

/// A short encoding of another instruction.
///
/// @param definition the whole definition, as written
/// @param syntax how it is written
/// @param encoding how it is encoded
/// @param expansion the instruction that it stands for, as written
record CompressedModel(String definition, Syntax syntax, Encoding encoding, String expansion) {
  String target() {
    return expansion.split("\\s+", 2)[0];
  }
}
