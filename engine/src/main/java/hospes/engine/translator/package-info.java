/// The translator: regions of guest code become JVM methods, made of the instructions' own bodies.
@NullMarked
package hospes.engine.translator;

import org.jspecify.annotations.NullMarked;
