package hospes.cli;

import hospes.formats.FormatException;
import hospes.guests.RefusedException;
import hospes.host.HostException;
import hospes.host.engine.TraceException;
import hospes.host.guest.NameTakenException;
import hospes.host.snapshot.SnapshotFileException;
import hospes.images.ImageException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// How errors look: one line that begins with `hospes:`, and never a stack trace unless
/// `HOSPES_DEBUG=1`.
final class Failures {
  private final boolean debug;

  Failures(Map<String, String> environment) {
    debug = "1".equals(environment.get("HOSPES_DEBUG"));
  }

  /// A wrong command line.
  int usage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hospes: " + usageMessage(failure, command));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    trace(failure, err);
    return ExitCode.USAGE;
  }

  private static String usageMessage(ParameterException failure, CommandLine command) {
    boolean wantsCommand = !command.getSubcommands().isEmpty();
    return failure instanceof UnmatchedArgumentException unmatched
            && wantsCommand
            && !unmatched.isUnknownOption()
        ? "there is no command '%s'".formatted(unmatched.getUnmatched().getFirst())
        : String.valueOf(failure.getMessage());
  }

  /// A command that failed.
  int execution(Exception failure, CommandLine command, ParseResult arguments) {
    return report(failure, command.getErr());
  }

  /// Tells the user of any failure at all.
  int report(Throwable failure, PrintWriter err) {
    err.println("hospes: " + message(failure));
    trace(failure, err);
    err.flush();
    return ExitCode.FAILURE;
  }

  private static String message(Throwable failure) {
    return switch (failure) {
      case NameTakenException taken ->
          "another guest is named %s; choose with --name, or end it: hospes kill %s"
              .formatted(taken.name(), taken.name());
      case CommandFailure _,
          ImageException _,
          SnapshotFileException _,
          TraceException _,
          FormatException _ ->
          String.valueOf(failure.getMessage());
      case RefusedException refused -> Refusals.words(refused.problem());
      case HostException refusal -> Refusals.words(refusal);
      case OutOfMemoryError _ ->
          "not enough memory: %s. Give the guest less with --memory, or the JVM more with"
                  .formatted(failure.getMessage())
              + " HOSPES_JAVA_OPTS=-Xmx4g";
      default ->
          "internal error: %s. Please report it, with what HOSPES_DEBUG=1 shows".formatted(failure);
    };
  }

  private void trace(Throwable failure, PrintWriter err) {
    if (debug) {
      failure.printStackTrace(err);
    }
  }
}
