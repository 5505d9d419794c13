/// ELF files: headers, segments, sections and symbols.
@NullMarked
package hospes.formats.elf;

import org.jspecify.annotations.NullMarked;
