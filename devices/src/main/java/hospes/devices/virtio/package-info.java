/// Virtio devices over the MMIO transport (OASIS Virtual I/O Device Version 1.2).
@NullMarked
package hospes.devices.virtio;

import org.jspecify.annotations.NullMarked;
