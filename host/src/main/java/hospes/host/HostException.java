package hospes.host;

/// Something that the host cannot do for its user; the message says why, and what to do.
public class HostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A reason for the user.
  public HostException(String message) {
    super(message);
  }

  /// A reason for the user, and what showed it.
  public HostException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The reason.
  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
