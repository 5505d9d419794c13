package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The instruction reads memory, and may trap.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Load {}
