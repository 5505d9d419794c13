/// The file of everything that entered a machine: docs/journal-format.md.
@NullMarked
package hospes.formats.journal;

import org.jspecify.annotations.NullMarked;
