/// The Z-machine as "The Z-Machine Standards Document 1.1" defines it: stories, the processor, its
/// instructions, and the machine around it.
@NullMarked
package hospes.zmachine;

import org.jspecify.annotations.NullMarked;
