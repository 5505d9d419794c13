package hospes.formats.quetzal;

import hospes.formats.FormatException;

/// The bytes are no saved story, or a damaged one.
public final class QuetzalException extends FormatException {
  private static final long serialVersionUID = 1L;

  /// A reason for the user.
  public QuetzalException(String message) {
    super(message);
  }

  static QuetzalException damaged(String what) {
    return new QuetzalException("the saved story is damaged: " + what);
  }
}
