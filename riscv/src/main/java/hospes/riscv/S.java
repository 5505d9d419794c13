package hospes.riscv;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A floating-point register that holds a single, NaN-boxed: where it is not, the canonical NaN is
/// read (manual, 21.2).
@OperandKind(
    form = Form.REGISTER,
    file = "f",
    unpack = "NanBox.unbox",
    pack = "NanBox.box",
    touch = "touchFloats",
    text = RegisterText.Float.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface S {}
