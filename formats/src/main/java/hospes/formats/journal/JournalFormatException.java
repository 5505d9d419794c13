package hospes.formats.journal;

import hospes.formats.FormatException;

/// A journal that cannot be used.
public final class JournalFormatException extends FormatException {
  private static final long serialVersionUID = 1;

  /// What is wrong with a journal.
  public enum Problem {
    /// It is something else.
    NO_JOURNAL,
    /// It ends before it says what was recorded.
    TRUNCATED,
    /// Its bytes are not those that were written.
    DAMAGED,
    /// A newer Hospes wrote it.
    NEWER_VERSION,
    /// It is of a machine of another kind.
    OTHER_MACHINE,
    /// It was recorded on other files.
    OTHER_INGREDIENT,
    /// What it should hold has no room in the format.
    TOO_LARGE
  }

  private final Problem problem;

  public JournalFormatException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  JournalFormatException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /// A file with bytes that do not fit together.
  static JournalFormatException damaged(String where) {
    return new JournalFormatException(Problem.DAMAGED, damage(where));
  }

  static JournalFormatException damaged(String where, Throwable cause) {
    return new JournalFormatException(Problem.DAMAGED, damage(where), cause);
  }

  private static String damage(String where) {
    return "the journal is damaged: %s; what stands before can be replayed".formatted(where);
  }

  /// What is wrong.
  public Problem problem() {
    return problem;
  }
}
