/// The newc cpio archive, the format of a Linux initramfs.
@NullMarked
package hospes.formats.cpio;

import org.jspecify.annotations.NullMarked;
