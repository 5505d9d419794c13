package hospes.host.control;

/// An error as QMP tells it: a class for programs, a description for people.
final class QmpError extends Exception {
  private static final long serialVersionUID = 1;

  static final String GENERIC = "GenericError";
  static final String NOT_FOUND = "CommandNotFound";

  private final String errorClass;

  QmpError(String errorClass, String description) {
    super(description);
    this.errorClass = errorClass;
  }

  static QmpError generic(String description) {
    return new QmpError(GENERIC, description);
  }

  /// The class: `GenericError` or `CommandNotFound`.
  String errorClass() {
    return errorClass;
  }
}
