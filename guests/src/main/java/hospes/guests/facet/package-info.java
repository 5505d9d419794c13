/// Powers that some machines have and a host may ask for.
@NullMarked
package hospes.guests.facet;

import org.jspecify.annotations.NullMarked;
