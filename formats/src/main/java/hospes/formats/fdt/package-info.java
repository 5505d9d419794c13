/// Flattened device trees: building, writing and reading.
@NullMarked
package hospes.formats.fdt;

import org.jspecify.annotations.NullMarked;
