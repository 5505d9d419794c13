package hospes.cli;

import java.io.PrintWriter;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    Surroundings surroundings = Surroundings.ofProcess();
    try {
      return Hospes.commandLine(surroundings, arguments).execute(arguments);
    } catch (Error failure) {
      return new Failures(surroundings.environment())
          .report(failure, new PrintWriter(System.err, true, System.err.charset()));
    }
  }
}
