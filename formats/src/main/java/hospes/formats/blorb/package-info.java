/// Blorb 2.0.4: one file for a story and its pictures, sounds and data, and what is known of it.
@NullMarked
package hospes.formats.blorb;

import org.jspecify.annotations.NullMarked;
