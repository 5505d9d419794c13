/// The annotation processor that turns instruction methods into an interpreter.
@NullMarked
package hospes.engine.processor;

import org.jspecify.annotations.NullMarked;
