package hospes.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes completion`.
@Command(
    name = "completion",
    description = "Prints a script that lets the shell complete hospes commands.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  source <(hospes completion bash)")
final class CompletionCommand implements Runnable {
  /// The shells that understand the script.
  enum Shell {
    BASH,
    ZSH
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli checks it; the script is the same
  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    // It switches on zsh's emulation of bash completion by itself.
    spec.commandLine().getOut().println(AutoComplete.bash("hospes", spec.root().commandLine()));
  }
}
