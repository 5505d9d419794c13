package hospes.storage;

/// A drive that cannot be used as it was asked for; the [problem][#problem] says why.
public final class BlockStoreException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient DriveProblem problem;

  BlockStoreException(DriveProblem problem) {
    super(problem.message());
    this.problem = problem;
  }

  BlockStoreException(DriveProblem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  BlockStoreException(String message) {
    this(new DriveProblem.Unusable(message));
  }

  BlockStoreException(String message, Throwable cause) {
    this(new DriveProblem.Unusable(message), cause);
  }

  /// Why it cannot be used.
  public DriveProblem problem() {
    return problem;
  }
}
