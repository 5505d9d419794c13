package hospes.cli;

import hospes.boards.VirtMachine;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import picocli.CommandLine;

/// The run that `./hospes` records into the JVM's ahead-of-time cache after a build: a little of
/// what every start does.
public final class Training {
  private Training() {}

  /// Runs the sample commands; what they print is of no interest.
  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            Map.of(),
            VirtMachine::new);
    CommandLine commands = Hospes.commandLine(surroundings);
    commands.execute("--help");
    commands.execute("--version");
    commands.execute("run", "--help");
    commands.execute("images");
    commands.execute("run", "--kernel", "/nonexistent");
    commands.execute("run", "hello", "--clock", "virtual", "--max-instructions", "30000000");
    for (StandardStream stream : StandardStream.values()) {
      stream.isTerminal();
    }
  }
}
