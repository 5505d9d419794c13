/// The contract between a host and the machines that it runs, none of which it knows by name.
@NullMarked
package hospes.guests;

import org.jspecify.annotations.NullMarked;
