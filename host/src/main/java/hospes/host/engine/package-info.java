/// The engine's surroundings: the translating thread, traces, flight recorder events, HotSpot.
@NullMarked
package hospes.host.engine;

import org.jspecify.annotations.NullMarked;
