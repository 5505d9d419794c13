package hospes.host;

/// How a guest's console wants to be treated by the terminal that it comes to.
public enum ConsoleStyle {
  /// As a serial line: every key is sent as it is, and the guest echoes.
  SERIAL,
  /// As a pipe: whole lines are sent, which the terminal echoes and lets the user correct.
  LINES,
  /// As a terminal of some size: every key is sent, and the size as `ESC [ 8 ; lines ; columns t`
  /// at first and whenever it changes.
  SCREEN
}
