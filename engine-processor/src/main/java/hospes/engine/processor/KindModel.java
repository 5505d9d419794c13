package hospes.engine.processor;

import hospes.engine.OperandKind;

/// What an [OperandKind] annotation says.
///
/// @param name simple name of the annotated annotation
/// @param form how the number is encoded
/// @param read expression that gets the value
/// @param write statement that stores a result
/// @param discard the register that swallows writes, or -1
/// @param sink what the decoder puts in its place
/// @param text qualified name of the class that writes the operand
/// @param documentation the annotation's comment
record KindModel(
    String name,
    OperandKind.Form form,
    String read,
    String write,
    int discard,
    int sink,
    String text,
    String documentation) {}
