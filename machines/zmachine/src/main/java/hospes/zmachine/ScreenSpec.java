package hospes.zmachine;

import hospes.machine.ConsoleOutput;
import hospes.zmachine.screen.PlainScreen;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.TerminalScreen;

/// What a story prints to.
sealed interface ScreenSpec {
  /// Lines: 1 to 255.
  int lines();

  /// Columns: 1 to 255.
  int columns();

  /// Lines of text, as for a pipe or a file.
  record Plain(int lines, int columns) implements ScreenSpec {}

  /// A terminal that knows the usual sequences of ECMA-48.
  record Terminal(int lines, int columns) implements ScreenSpec {}

  /// A screen for a story of a version of the Z-machine.
  default Screen open(ConsoleOutput console, int version) {
    return switch (this) {
      case Plain(int lines, int columns) -> new PlainScreen(console, version, lines, columns);
      case Terminal(int lines, int columns) -> new TerminalScreen(console, version, lines, columns);
    };
  }
}
