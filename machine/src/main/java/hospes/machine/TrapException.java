package hospes.machine;

/// Carries a [Trap] from the depth of an instruction to the loop that runs the machine; never
/// leaves [Machine#run].
public final class TrapException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Trap trap;

  /// A carrier without a stack trace: traps are everyday events.
  public TrapException(Trap trap) {
    super(null, null, false, false);
    this.trap = trap;
  }

  /// What happened.
  public Trap trap() {
    return trap;
  }
}
