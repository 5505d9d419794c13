/// Proof that instructions are decoded, written and executed as the manual says: Debian's QEMU and
/// objdump are the judges.
@NullMarked
package hospes.conformance.isa;

import org.jspecify.annotations.NullMarked;
