/// Zstandard, in the two ways in which the formats use it.
@NullMarked
package hospes.formats.compression;

import org.jspecify.annotations.NullMarked;
