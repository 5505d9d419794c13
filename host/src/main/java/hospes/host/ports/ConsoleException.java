package hospes.host.ports;

import hospes.host.HostException;

/// A guest did not say what was expected, in time or at all; the message shows what it said.
public final class ConsoleException extends HostException {
  private static final long serialVersionUID = 1;

  ConsoleException(String message) {
    super(message);
  }
}
