/// Regions that are shared, dropped and unloaded.
@NullMarked
package hospes.conformance.library;

import org.jspecify.annotations.NullMarked;
