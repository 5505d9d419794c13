package hospes.cli;

import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/// Runs command lines in this process, as a shell would.
final class Shell {
  /// What a command left behind.
  ///
  /// @param exitCode the exit code
  /// @param guest what the guest wrote to standard output
  /// @param out what Hospes wrote to standard output
  /// @param err what Hospes wrote to standard error
  record Result(int exitCode, String guest, String out, String err) {}

  private final Map<String, String> environment = new HashMap<>();
  private String input = "";
  private final StringWriter out = new StringWriter();

  /// A shell whose home is `home`.
  Shell(Path home) {
    environment.put("HOME", home.toString());
    environment.put("XDG_RUNTIME_DIR", home.toString());
  }

  Shell typing(String text) {
    input = text;
    return this;
  }

  Shell setting(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// What Hospes wrote to standard output so far; of a shell that runs one command.
  String printed() {
    synchronized (out.getBuffer()) {
      return out.toString();
    }
  }

  Result run(String... arguments) {
    ByteArrayOutputStream guest = new ByteArrayOutputStream();
    CommandLine commands =
        Hospes.commandLine(
            new CommandContext(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)),
                guest,
                environment));
    out.getBuffer().setLength(0);
    StringWriter err = new StringWriter();
    // Buffered, as standard output is: what is not flushed is not seen.
    commands.setOut(new PrintWriter(new BufferedWriter(out), true));
    commands.setErr(new PrintWriter(err, true));
    int exitCode = commands.execute(arguments);
    return new Result(
        exitCode, guest.toString(StandardCharsets.US_ASCII), out.toString(), err.toString());
  }
}
