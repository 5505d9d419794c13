/// A whole machine in a few files: what `docs/adding-a-machine.md` is about, and a guest for tests
/// that do not care what their machine is.
@NullMarked
package hospes.testkit.toy;

import org.jspecify.annotations.NullMarked;
