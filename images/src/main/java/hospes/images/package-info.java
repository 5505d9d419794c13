/// Where guests come from.
@NullMarked
package hospes.images;

import org.jspecify.annotations.NullMarked;
