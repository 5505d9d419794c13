/// The file of a machine's whole state: docs/snapshot-format.md.
@NullMarked
package hospes.formats.snapshot;

import org.jspecify.annotations.NullMarked;
