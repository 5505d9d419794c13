/// The `virt` board, a kind of machine: a memory map of devices as data, harts, a boot loader and
/// firmware.
@NullMarked
package hospes.virt;

import org.jspecify.annotations.NullMarked;
