/// A made-up architecture, as small as can be.
@NullMarked
package hospes.engine.toy;

import org.jspecify.annotations.NullMarked;
