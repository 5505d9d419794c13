/// The Z-machine's screen and keyboard: windows, text styles, line editing. Z-Machine Standards
/// 1.1, 7, 8 and 10.
///
/// All of it is part of the machine: it knows no clock and no terminal, writes bytes to a console
/// and takes bytes from one.
@NullMarked
package hospes.zmachine.screen;

import org.jspecify.annotations.NullMarked;
