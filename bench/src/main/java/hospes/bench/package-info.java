/// Side-by-side benchmarks.
@NullMarked
package hospes.bench;

import org.jspecify.annotations.NullMarked;
