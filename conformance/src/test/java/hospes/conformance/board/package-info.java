/// Our own guests on the board, and what the board promises them.
@NullMarked
package hospes.conformance.board;

import org.jspecify.annotations.NullMarked;
