/// Text of the Z-machine: decoding, encoding, dictionaries, and finding words. Z-Machine
/// Standards 1.1, 3 and 13.
@NullMarked
package hospes.zmachine.text;

import org.jspecify.annotations.NullMarked;
