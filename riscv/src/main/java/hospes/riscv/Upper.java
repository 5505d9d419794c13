package hospes.riscv;

import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The upper 20 bits of an immediate, as LUI and AUIPC have it; written without its twelve low
/// zeros.
@OperandKind(form = Form.SIGNED, text = UpperText.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface Upper {}
