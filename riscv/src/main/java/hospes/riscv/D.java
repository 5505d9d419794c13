package hospes.riscv;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A floating-point register that holds a double.
@OperandKind(
    form = Form.REGISTER,
    file = "f",
    unpack = "Double.longBitsToDouble",
    pack = "Double.doubleToRawLongBits",
    touch = "touchFloats",
    text = RegisterText.Float.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface D {}
