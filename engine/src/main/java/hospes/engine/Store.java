package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The instruction writes memory, may trap, and may make an interrupt pending by writing to a
/// device.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Store {}
