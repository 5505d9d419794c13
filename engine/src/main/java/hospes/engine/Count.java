package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Binds a parameter to how many operands are written, where that may be fewer than the method
/// takes; the missing ones are zeros.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Count {}
