package hospes.host.guest;

import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.host.HostException;

/// A machine that cannot be had as it was planned.
public final class RefusalException extends HostException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  RefusalException(Problem problem, RefusedException cause) {
    super(problem.text(), cause);
    this.problem = problem;
  }

  /// Why, and what can be done about it.
  public Problem problem() {
    return problem;
  }
}
