package hospes.machine;

/// A snapshot that cannot be restored: damaged, of another machine, or of an unknown version.
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A reason for the user.
  public SnapshotException(String message) {
    super(message);
  }

  /// A reason for the user, and what showed it.
  public SnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
