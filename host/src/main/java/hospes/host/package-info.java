/// The monitor: guests' lives, clocks and consoles.
@NullMarked
package hospes.host;

import org.jspecify.annotations.NullMarked;
