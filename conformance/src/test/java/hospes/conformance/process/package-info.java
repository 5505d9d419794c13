/// Hospes as its users run it: several processes that find each other, and that may be killed.
@NullMarked
package hospes.conformance.process;

import org.jspecify.annotations.NullMarked;
