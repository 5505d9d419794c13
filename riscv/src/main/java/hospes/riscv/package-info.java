/// The RISC-V architecture, a file per extension.
@NullMarked
package hospes.riscv;

import org.jspecify.annotations.NullMarked;
