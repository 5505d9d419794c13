package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Binds a parameter to the address of the next instruction.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Next {}
