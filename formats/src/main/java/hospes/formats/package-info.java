/// What all file formats share: the error for bytes that are not what they claim to be.
@NullMarked
package hospes.formats;

import org.jspecify.annotations.NullMarked;
