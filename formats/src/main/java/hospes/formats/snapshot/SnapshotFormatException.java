package hospes.formats.snapshot;

import hospes.formats.FormatException;

/// A snapshot file that cannot be used.
public final class SnapshotFormatException extends FormatException {
  private static final long serialVersionUID = 1;

  /// What is wrong with a file.
  public enum Problem {
    /// It is something else.
    NO_SNAPSHOT,
    /// It ends too early.
    TRUNCATED,
    /// Its bytes are not those that were written.
    DAMAGED,
    /// A newer Hospes wrote it.
    NEWER_VERSION,
    /// It is of a machine of another make.
    OTHER_MACHINE,
    /// What it should hold has no room in the format.
    TOO_LARGE
  }

  private final Problem problem;

  SnapshotFormatException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /// A file with bytes that do not fit together.
  static SnapshotFormatException damaged(String where) {
    return new SnapshotFormatException(
        Problem.DAMAGED, "the snapshot is damaged: %s; take a new one".formatted(where));
  }

  /// What is wrong.
  public Problem problem() {
    return problem;
  }
}
