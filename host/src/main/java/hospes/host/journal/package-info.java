/// Recording what enters a machine, and repeating it.
@NullMarked
package hospes.host.journal;

import org.jspecify.annotations.NullMarked;
