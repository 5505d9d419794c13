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
/// Where operands are listed ([Architecture#operands]), the encoding is a form, a number, and the
/// versions of the architecture that have it: `call_vn routine, a, b, c : VAR:249 v5` (5 and
/// later), `v1-4`. In the text `-> rd` is a result that the instruction names, `?offset` a branch,
/// and the operand `text` something that the decoder skips. A result that has both goes to `rd`,
/// and the branch's condition is that it is not 0.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Instruction {
  /// Text and encoding.
  String value();
}
