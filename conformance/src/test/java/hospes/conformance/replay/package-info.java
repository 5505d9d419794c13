/// Recorded guests, replayed.
@NullMarked
package hospes.conformance.replay;

import org.jspecify.annotations.NullMarked;
