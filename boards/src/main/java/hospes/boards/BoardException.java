package hospes.boards;

/// A machine that cannot be built from what was given; the message tells the user what to change.
public final class BoardException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A reason for the user.
  public BoardException(String message) {
    super(message);
  }
}
