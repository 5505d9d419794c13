/// Privileged behaviour: bare-metal programs that run on QEMU and on Hospes, with transcripts that
/// must agree.
@NullMarked
package hospes.conformance.privileged;

import org.jspecify.annotations.NullMarked;
