package hospes.memory;

/// The host cannot give a guest what its memory should hold. A host's problem, never the guest's
/// fault; whoever runs the guest stops it and tells the user.
public abstract sealed class HostFaultException extends RuntimeException
    permits HostMemoryException, LostPageException {
  private static final long serialVersionUID = 1;

  private final String reason;

  HostFaultException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /// What happened, for the user, in one sentence.
  public final String reason() {
    return reason;
  }
}
