package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Another way to write an instruction in some cases: `mv rd, rs1 = addi rd, rs1, 0`. A register is
/// named by any letter and its number. Where several fit, the first is preferred by the
/// disassembler. A name that the instruction does not use is written as it is.
///
/// On a class, for its short encodings: these are otherwise written as what they expand to.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Alias {
  /// The text, and the instruction that it stands for.
  String[] value();
}
