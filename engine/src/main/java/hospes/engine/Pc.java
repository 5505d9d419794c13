package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Binds a parameter to the address of the instruction itself.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Pc {}
