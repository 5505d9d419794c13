package hospes.zmachine;

/// A line that the user typed.
///
/// @param characters in ZSCII, without what ended it
/// @param terminator the character of ZSCII that ended it
@SuppressWarnings("ArrayRecordComponent") // read once; nobody compares lines
record TypedLine(int[] characters, int terminator) {}
