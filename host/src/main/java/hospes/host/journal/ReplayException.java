package hospes.host.journal;

/// A replay cannot go on as the journal says; the message tells the user why.
public final class ReplayException extends Exception {
  private static final long serialVersionUID = 1;

  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
