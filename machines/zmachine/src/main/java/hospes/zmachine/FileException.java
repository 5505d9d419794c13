package hospes.zmachine;

/// Something with a file did not work.
final class FileException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message for the user, in one sentence
  FileException(String message) {
    super(message);
  }

  /// What to say to the user.
  String sentence() {
    return String.valueOf(getMessage());
  }
}
