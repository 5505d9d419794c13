package hospes.engine.translator;

import java.util.Optional;

/// A kind of register operand: which registers, and how their bits become a value.
///
/// @param file the local variable of the interpreter that holds the registers, as a `long[]`
/// @param zero the register that reads as zero, or -1
/// @param sink the register that swallows writes, or -1
/// @param unpack makes a value of a register's bits
/// @param pack makes a register's bits of a value
/// @param touch the method of the state to be called after a write
public record RegisterKind(
    String file,
    int zero,
    int sink,
    Optional<Conversion> unpack,
    Optional<Conversion> pack,
    Optional<String> touch) {

  /// A static method between a register's bits and a value.
  public record Conversion(Class<?> owner, String name) {}

  /// An operand of this kind.
  public Operand.Register at(int shift, int width) {
    return new Operand.Register(this, new Place(shift, width));
  }
}
