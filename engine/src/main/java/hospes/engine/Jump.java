package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The method returns where to go on; the address of the next instruction goes to the field `rd`,
/// if there is one.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Jump {}
