package hospes.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// A file that takes what is typed at a story, a line for each command or key.
final class CommandRecord implements Consumer<String>, AutoCloseable {
  private final Path file;
  private final Writer out;
  private volatile Optional<IOException> failure = Optional.empty();

  private CommandRecord(Path file, Writer out) {
    this.file = file;
    this.out = out;
  }

  /// A new file, in place of one of that name.
  ///
  /// @throws CommandFailure where it cannot be written
  static CommandRecord create(Path file) throws CommandFailure {
    try {
      return new CommandRecord(file, Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void accept(String command) {
    if (failure.isPresent()) {
      return;
    }
    try {
      out.write(command + "\n");
      out.flush(); // whatever becomes of us, it is there
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /// Tells the user of a failure, if there was one.
  void tell(Narrator narrator) {
    failure.ifPresent(
        e -> narrator.say("not all that was typed is in %s: %s".formatted(file, e.getMessage())));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }
}
