package hospes.host.control;

import hospes.host.HostException;

/// The user has no living guest of a name.
public final class NoGuestException extends HostException {
  private static final long serialVersionUID = 1;

  NoGuestException(String name) {
    super("no guest named %s is running".formatted(name));
  }
}
