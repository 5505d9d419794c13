/// The command line.
@NullMarked
package hospes.cli;

import org.jspecify.annotations.NullMarked;
