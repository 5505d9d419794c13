/// The engine: from an instruction table to a decoder, interpreter, disassembler and assembler.
@NullMarked
package hospes.engine;

import org.jspecify.annotations.NullMarked;
