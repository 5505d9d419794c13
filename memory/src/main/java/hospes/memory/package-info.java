/// Guest memory as frames, and the software TLB in front of it.
@NullMarked
package hospes.memory;

import org.jspecify.annotations.NullMarked;
