/// The contract between a machine and its host.
@NullMarked
package hospes.machine;

import org.jspecify.annotations.NullMarked;
