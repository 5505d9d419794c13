package hospes.cli;

import hospes.host.guest.Outcome.Ending;

/// What the program's exit code says.
final class ExitCode {
  static final int SUCCESS = 0;

  /// The command line is wrong.
  static final int USAGE = 2;

  /// A limit that the user set ended the guest.
  static final int LIMIT = 124;

  /// Hospes, or a file that it was given, is at fault.
  static final int FAILURE = 125;

  private ExitCode() {}

  /// The exit code for a guest's end.
  static int of(Ending ending) {
    return switch (ending) {
      case Ending.PoweredOff(int code) -> code;
      case Ending.TimedOut() -> LIMIT;
      case Ending.InstructionLimit() -> LIMIT;
      case Ending.Stopped() -> SUCCESS;
      case Ending.Replayed(_, _) -> SUCCESS;
      case Ending.Diverged(_) -> FAILURE;
      case Ending.Stuck(_) -> FAILURE;
      case Ending.MemoryLost(_) -> FAILURE;
      case Ending.OutputLost(_) -> FAILURE;
      case Ending.Failed(_) -> FAILURE;
    };
  }
}
