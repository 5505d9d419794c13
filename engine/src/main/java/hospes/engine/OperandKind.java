package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes an annotation an operand kind: what a number in the instruction word stands for.
///
/// In [#read] and [#write], `{}` stands for the number and `{value}` for the value written.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.ANNOTATION_TYPE})
public @interface OperandKind {
  /// How the number is encoded.
  Form form();

  /// How an instruction gets the value: a Java expression.
  String read() default "{}";

  /// How a result is stored: a Java statement without the semicolon.
  String write() default "";

  /// The number of a register that swallows writes, if any.
  int discard() default -1;

  /// What the decoder puts in the place of [#discard] for a result.
  int sink() default -1;

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
    RELATIVE
  }
}
