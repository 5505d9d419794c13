package hospes.engine.processor;

import hospes.engine.OperandKind;

/// What an [OperandKind] annotation says.
///
/// @param name simple name of the annotated annotation
/// @param form how the number is encoded
/// @param file the local variable that holds the registers, or nothing
/// @param unpack method that makes a value of a register's bits, or nothing
/// @param pack method that makes a register's bits of a value, or nothing
/// @param touch method of the state that is called after a write, or nothing
/// @param discard the register that swallows writes, or -1
/// @param sink what the decoder puts in its place
/// @param mixed what a mixed operand may name
/// @param text qualified name of the class that writes the operand
/// @param documentation the annotation's comment
record KindModel(
    String name,
    OperandKind.Form form,
    String file,
    String unpack,
    String pack,
    String touch,
    int discard,
    int sink,
    Mixed mixed,
    String text,
    String documentation) {

  /// What a mixed operand may name.
  ///
  /// @param first the first number that names a register
  /// @param last the last one
  /// @param memory the first number that names something in guest memory
  /// @param read method of the state that reads what is named
  /// @param write method of the state that writes it
  record Mixed(int first, int last, int memory, String read, String write) {}

  /// The expression that gets the value for the number `number`.
  String read(String number) {
    if (file.isEmpty()) {
      return number;
    }
    return convert(unpack, "%s[%s]".formatted(file, number));
  }

  /// The statement, without its last semicolon, that stores `value` in the register `number`.
  String write(String number, String value) {
    return "%s[%s] = %s".formatted(file, number, convert(pack, value))
        + (touch.isEmpty() ? "" : "; core.%s()".formatted(touch));
  }

  private static String convert(String method, String value) {
    return method.isEmpty() ? value : "%s(%s)".formatted(method, value);
  }
}
