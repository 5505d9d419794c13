package hospes.conformance.isa;

import hospes.engine.InstructionDefinition;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// One instruction of a stream.
///
/// @param definition what it is
/// @param values its operands
/// @param reference an operand that is only known when the stream is laid out
record Step(
    InstructionDefinition definition,
    SequencedMap<String, Long> values,
    Optional<Reference> reference) {

  /// An operand that leads to a later item.
  ///
  /// @param field the operand
  /// @param skip how many items are jumped over
  /// @param from from which step of its own item the distance is counted
  /// @param addend added to the distance
  record Reference(String field, int skip, int from, int addend) {}

  static Step of(InstructionDefinition definition, SequencedMap<String, Long> values) {
    return new Step(definition, values, Optional.empty());
  }

  /// Bytes of the instruction.
  int length() {
    return definition.encoding().width() / Byte.SIZE;
  }

  /// The instruction word.
  ///
  /// @param distance value of the operand that the reference names
  int encode(long distance) {
    if (reference.isEmpty()) {
      return definition.encode(values);
    }
    SequencedMap<String, Long> resolved = new LinkedHashMap<>(values);
    resolved.put(reference.get().field(), distance + reference.get().addend());
    return definition.encode(resolved);
  }
}
