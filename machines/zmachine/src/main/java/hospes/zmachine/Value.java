package hospes.zmachine;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A value of 16 bits: a constant, or what a variable holds. Reading variable 0 takes the top off
/// the stack, writing it pushes (Z-Machine Standards 1.1, 4.2.2).
@OperandKind(
    form = Form.MIXED,
    file = "locals",
    first = 1,
    last = 15,
    memory = 16,
    read = "value",
    write = "assign")
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface Value {}
