package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes an annotation an operand kind: what a number in the instruction word stands for.
///
/// A number that names a register leads to an element of a `long[]`; `unpack` and `pack` turn its
/// bits into the operand's value and back. A mixed operand is a number, a register or anything else
/// that the state can read and write, as each instruction says. All other numbers are operands
/// themselves.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.ANNOTATION_TYPE})
public @interface OperandKind {
  /// How the number is encoded.
  Form form();

  /// The local variable of the interpreter (see [Architecture#locals]) that holds the registers.
  String file() default "";

  /// A static method, `Class.method`, that makes the value of a register's bits; none where the
  /// bits are the value.
  String unpack() default "";

  /// A static method, `Class.method`, that makes a register's bits of a value.
  String pack() default "";

  /// A method of the state, without parameters, called after each write of such a register.
  String touch() default "";

  /// The number of a register that swallows writes, if any.
  int discard() default -1;

  /// What the decoder puts in the place of [#discard] for a result.
  int sink() default -1;

  /// For mixed operands, the first number that names a register of the file.
  int first() default 0;

  /// For mixed operands, the last number that names a register of the file.
  int last() default -1;

  /// For mixed operands, the first number that names something in guest memory.
  int memory() default Integer.MAX_VALUE;

  /// For mixed operands, the method of the state that reads whatever a number names: `int
  /// read(int)`.
  String read() default "";

  /// For mixed operands, the method of the state that writes whatever a number names: `void
  /// write(int, int)`.
  String write() default "";

  /// How the number is written in assembly.
  Class<? extends OperandText> text() default OperandText.Decimal.class;

  /// How a number is encoded.
  enum Form {
    /// A register's number.
    REGISTER,
    /// A signed number.
    SIGNED,
    /// An unsigned number.
    UNSIGNED,
    /// A signed distance from the instruction's own address.
    RELATIVE,
    /// A constant, a register's number, or the number of something else: an operand of an
    /// instruction whose operands are listed (see [Decoder]).
    MIXED
  }
}
