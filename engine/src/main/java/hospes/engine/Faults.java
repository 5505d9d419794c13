package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The instruction may trap by itself: its method, or a static one that it calls, throws a
/// [hospes.machine.TrapException], before it changed anything. Required where that is so: only
/// then does a region keep what it must know to stop there.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Faults {}
