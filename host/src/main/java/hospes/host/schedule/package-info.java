/// Time: which guest runs when, on which thread, and for how long.
@NullMarked
package hospes.host.schedule;

import org.jspecify.annotations.NullMarked;
