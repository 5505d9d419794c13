/// QEMU's copy-on-write disk image, versions 2 and 3. QEMU documentation, "Qcow2 Image File
/// Format" (docs/interop/qcow2.rst).
@NullMarked
package hospes.formats.qcow2;

import org.jspecify.annotations.NullMarked;
