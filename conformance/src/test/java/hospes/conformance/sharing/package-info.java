/// Guests that share the memory of one host.
@NullMarked
package hospes.conformance.sharing;

import org.jspecify.annotations.NullMarked;
