/// Guests that are run, forked, saved, restored, merged, swapped and killed in random order must
/// compute what an undisturbed one does.
@NullMarked
package hospes.conformance.interleaving;

import org.jspecify.annotations.NullMarked;
