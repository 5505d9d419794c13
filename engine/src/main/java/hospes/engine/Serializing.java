package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The instruction changes how instructions that follow are executed (modes, translation,
/// interrupts): the loop is left behind it. The method may change [Core#nextPc].
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Serializing {}
