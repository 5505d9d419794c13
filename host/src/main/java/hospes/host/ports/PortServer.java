package hospes.host.ports;

import hospes.machine.Ask;
import hospes.machine.Reply;
import java.util.Optional;

/// The other end of a port: answers what a machine asks there. Called between two steps of the
/// machine, on the thread that runs it.
public interface PortServer extends AutoCloseable {
  /// Answers; a failure of the host is an answer too.
  Reply answer(Ask what);

  /// Why not all was done that it answered for, for the user; empty where it was.
  default Optional<String> failure() {
    return Optional.empty();
  }

  /// Gives back what it holds.
  @Override
  default void close() {}
}
