package hospes.engine;

/// An error in assembly text: its message starts with `file:line:` and says what was expected.
public final class AssemblerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final int line;

  AssemblerException(String file, int line, String problem) {
    super("%s:%d: %s".formatted(file, line, problem));
    this.file = file;
    this.line = line;
  }

  /// The name of the source.
  public String file() {
    return file;
  }

  /// The line in the source, counted from 1.
  public int line() {
    return line;
  }
}
