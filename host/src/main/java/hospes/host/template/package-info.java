/// Starts from a snapshot of the booted guest.
@NullMarked
package hospes.host.template;

import org.jspecify.annotations.NullMarked;
