package hospes.cli;

import hospes.images.Images;
import java.io.PrintWriter;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String... arguments) {
    int code = run(arguments);
    // An exit asks for a logger, which is looked for in every file of the module path: a tenth of a
    // short command. All threads that outlive this one are daemons.
    if (code != ExitCode.SUCCESS) {
      System.exit(code);
    }
  }

  /// `hospes run IMAGE` and nothing else.
  private static boolean isPlainRun(String[] arguments) {
    return arguments.length == 2
        && arguments[0].equals("run")
        && Images.catalogue().contains(arguments[1]);
  }

  static int runPlainly(String image, CommandContext context) {
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    try {
      return RunCommand.plainly(image, context, err);
    } catch (Exception failure) {
      return new Failures(context.environment()).report(failure, err);
    }
  }

  private static int run(String[] arguments) {
    CommandContext context = CommandContext.ofProcess();
    try {
      return isPlainRun(arguments)
          ? runPlainly(arguments[1], context)
          : Hospes.commandLine(context, arguments).execute(arguments);
    } catch (Error failure) {
      return new Failures(context.environment())
          .report(failure, new PrintWriter(System.err, true, System.err.charset()));
    }
  }
}
