package hospes.guests;

/// A machine cannot be built, forked or saved as it was asked for.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /// A refusal.
  public RefusedException(Problem problem) {
    super(problem.text());
    this.problem = problem;
  }

  /// A refusal, and what showed it.
  public RefusedException(Problem problem, Throwable cause) {
    super(problem.text(), cause);
    this.problem = problem;
  }

  /// Why.
  public Problem problem() {
    return problem;
  }
}
