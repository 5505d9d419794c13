package hospes.host.ports;

import hospes.host.HostException;
import hospes.machine.Ask;
import hospes.machine.Reply;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file to which a machine writes by a port, one piece behind the other. Each piece is in the
/// host's hands when it is answered, whatever becomes of the host's process then.
public final class OutputServer implements PortServer {
  private final Path file;
  private final OutputStream out;
  private Optional<IOException> failure = Optional.empty();

  /// A new file, in place of one of that name.
  ///
  /// @throws HostException where it cannot be written
  public OutputServer(Path file) {
    this.file = file;
    try {
      out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new HostException("cannot write %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  @Override
  public Reply answer(Ask what) {
    if (!(what instanceof Ask.WriteAt(String _, long position, byte[] bytes))
        || position != Ask.AT_END) {
      return new Reply.Refused(Reply.Problem.NOT_SERVED, "it is only written, to its end");
    }
    if (failure.isEmpty()) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
    return failure
        .<Reply>map(e -> new Reply.Refused(Reply.Problem.HOST_ERROR, Reasons.of(e)))
        .orElse(new Reply.Done());
  }

  @Override
  public Optional<String> failure() {
    return failure.map(e -> "not all is in %s: %s".formatted(file, Reasons.of(e)));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
    }
  }
}
