package hospes.host.ports;

import hospes.machine.Ask;
import hospes.machine.Reply;

/// The other end of a port: answers what a machine asks there. Called between two steps of the
/// machine, on the thread that runs it.
public interface PortServer extends AutoCloseable {
  /// Answers; a failure of the host is an answer too.
  Reply answer(Ask what);

  /// Gives back what it holds.
  @Override
  default void close() {}
}
