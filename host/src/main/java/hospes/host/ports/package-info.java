/// The other ends of machines' ports: consoles, folders.
@NullMarked
package hospes.host.ports;

import org.jspecify.annotations.NullMarked;
