/// The control socket: other processes of the same user see and steer a host's guests.
@NullMarked
package hospes.host.control;

import org.jspecify.annotations.NullMarked;
