/// Files of the host, whatever they hold: read by many, replaced whole or not at all.
@NullMarked
package hospes.storage.files;

import org.jspecify.annotations.NullMarked;
