package hospes.host.template;

/// A template that cannot be made or used, and why.
final class TemplateException extends Exception {
  private static final long serialVersionUID = 1;

  TemplateException(String reason) {
    super(reason);
  }

  TemplateException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /// Why, for the user.
  String reason() {
    return String.valueOf(getMessage());
  }
}
