/// Differential and golden tests.
@NullMarked
package hospes.conformance;

import org.jspecify.annotations.NullMarked;
