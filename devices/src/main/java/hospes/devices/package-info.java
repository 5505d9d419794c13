/// Emulated hardware, a file per device.
@NullMarked
package hospes.devices;

import org.jspecify.annotations.NullMarked;
