package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The instruction goes to another frame of registers, as calls and returns do where each routine
/// has its own: those that were there before are stored when the method is called, and mean nothing
/// behind it.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Frames {}
