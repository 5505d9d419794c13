/// The memory of all guests together: limits, merging, swapping, balloons.
@NullMarked
package hospes.host.memory;

import org.jspecify.annotations.NullMarked;
