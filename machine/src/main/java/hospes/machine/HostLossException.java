package hospes.machine;

/// The host cannot give a machine any more what cannot change and was promised to it. Never leaves
/// [Machine#run], which answers with [StopReason.HostFault].
public final class HostLossException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message for the user, in one sentence
  public HostLossException(String message, Throwable cause) {
    super(message, cause);
  }

  /// @param message for the user, in one sentence
  public HostLossException(String message) {
    super(message);
  }
}
