package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One instruction: its assembly text and encoding; the method is its meaning.
///
/// `lw rd, imm(rs1) : imm[11:0] rs1 010 rd 0000011` — left the text, right the encoding from the
/// most significant bit: literal bits (`-` is ignored), fields, and slices of fields as the manual
/// writes them (`imm[12|10:5]`); `rd!=0` excludes values. A parameter named like a field gets its
/// operand. A result goes to the field `rd`; a `boolean` decides whether a branch to `offset` is
/// taken; a `Trap` other than `null` is taken.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Instruction {
  /// Text and encoding.
  String value();
}
