/// Guests and their host.
@NullMarked
package hospes.host.guest;

import org.jspecify.annotations.NullMarked;
