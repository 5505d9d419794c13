package hospes.zmachine;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A variable that an instruction takes by its number. Variable 0 is the top of the stack where it
/// is: neither reading nor writing it moves the stack (Z-Machine Standards 1.1, 6.3.4).
@OperandKind(
    form = Form.MIXED,
    file = "locals",
    first = 1,
    last = 15,
    memory = 16,
    read = "peek",
    write = "replace")
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface InPlace {}
