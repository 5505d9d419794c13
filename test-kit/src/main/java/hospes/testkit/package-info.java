/// Machines and files for tests.
@NullMarked
package hospes.testkit;

import org.jspecify.annotations.NullMarked;
