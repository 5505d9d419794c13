/// Random programs on two tiers of the engine in lock-step: the complete state is compared after
/// every few instructions.
@NullMarked
package hospes.conformance.lockstep;

import org.jspecify.annotations.NullMarked;
