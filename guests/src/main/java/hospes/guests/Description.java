package hospes.guests;

/// A machine in a few words.
///
/// @param processors how many of them it has
/// @param memoryBytes size of its memory
/// @param console how its console wants to be treated
public record Description(int processors, long memoryBytes, ConsoleStyle console) {
  /// How a console wants to be treated.
  public enum ConsoleStyle {
    /// A serial line: bytes go through as they are typed. A machine that waits for input that will
    /// never come is stuck.
    SERIAL,
    /// Lines of text; without more input the program has come to its end.
    LINES,
    /// A screen that the machine draws; without more input the program has come to its end.
    SCREEN
  }
}
