package hospes.cli;

import java.io.PrintWriter;

/// What Hospes says about a guest, on standard error, apart from the guest's own output.
final class Narrator {
  private final PrintWriter err;

  Narrator(PrintWriter err) {
    this.err = err;
  }

  /// One line from Hospes.
  void say(String message) {
    line("hospes: " + message);
  }

  /// Text that stays on the line, for what is drawn over.
  void draw(String text) {
    err.print(text);
    err.flush();
  }

  /// One line as it is.
  void line(String text) {
    err.print(text + System.lineSeparator());
    err.flush();
  }
}
