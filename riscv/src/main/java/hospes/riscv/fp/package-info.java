/// IEEE 754 binary32 and binary64 arithmetic as the RISC-V F and D extensions define it, bit for
/// bit and flag for flag: host floating point where its answer is known to be exact, integer
/// arithmetic on significands everywhere else.
@NullMarked
package hospes.riscv.fp;

import org.jspecify.annotations.NullMarked;
