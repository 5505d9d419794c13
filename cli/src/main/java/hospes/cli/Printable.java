package hospes.cli;

/// Text from a file, for a terminal.
final class Printable {
  private Printable() {}

  /// The text, with question marks for what a terminal would take for a command.
  static String text(String any) {
    StringBuilder shown = new StringBuilder();
    any.codePoints()
        .forEach(c -> shown.appendCodePoint(c < ' ' || c >= 0x7f && c < 0xa0 ? '?' : c));
    return shown.toString();
  }
}
