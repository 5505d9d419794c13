/// Boards: memory maps of devices as data.
@NullMarked
package hospes.boards;

import org.jspecify.annotations.NullMarked;
