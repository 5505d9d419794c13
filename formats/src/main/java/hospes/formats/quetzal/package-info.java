/// Quetzal 1.4: the common format in which interpreters of the Z-machine save stories.
@NullMarked
package hospes.formats.quetzal;

import org.jspecify.annotations.NullMarked;
