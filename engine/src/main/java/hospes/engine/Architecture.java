package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares an architecture: what its instruction methods are, how their operands bind, and what
/// the generated code may use.
///
/// From it the annotation processor writes, beside the annotated class, `<prefix>Decoder`,
/// `<prefix>Interpreter` and `<prefix>Instructions` (the table from which [Disassembler],
/// [Assembler] and the reference page are made).
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Architecture {
  /// The name that users know, such as `riscv`.
  String name();

  /// What the generated classes are called first.
  String prefix();

  /// The class that holds the registers; it implements [Core]. Generated code calls the instance
  /// `core`.
  Class<? extends Core> state();

  /// Local variables of the interpreter, as `Type name = expression`. A parameter of an instruction
  /// method that has no operand kind takes the local, or the state, of its own type.
  String[] locals();

  /// Where decoded operands are. Of packed ones the decoder is generated; the architecture that
  /// lists them has its own, which works from the generated table (see [ListedTable]).
  CodeLayout.Operands operands() default CodeLayout.Operands.PACKED;

  /// Where operands are listed, the operand kind of results that an instruction names, and of what
  /// it names by number.
  Class<?>[] result() default {};

  /// All fields that encodings name; none where operands are listed.
  Field[] fields() default {};

  /// When the first two bytes, `bits`, are a whole instruction: a Java condition.
  String shortWhen() default "";

  /// The classes that hold the instruction methods, in the order in which the reference page shows
  /// them.
  Class<?>[] instructions();
}
