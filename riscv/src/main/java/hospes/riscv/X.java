package hospes.riscv;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An integer register: x0 reads as zero and swallows what is written. Hart keeps a register 32 for
/// that.
@OperandKind(
    form = Form.REGISTER,
    file = "x",
    discard = 0,
    sink = Hart.SINK,
    text = RegisterText.Integer.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface X {}
