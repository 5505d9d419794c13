/// Golden boots: real kernels and firmware on the virt board, and what must hold while they boot.
@NullMarked
package hospes.conformance.boot;

import org.jspecify.annotations.NullMarked;
