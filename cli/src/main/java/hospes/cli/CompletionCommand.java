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
    footer = {
      "  source <(hospes completion bash)       in ~/.bashrc; with zsh in ~/.zshrc",
      "  hospes completion fish > ~/.config/fish/completions/hospes.fish"
    })
final class CompletionCommand implements Runnable {
  /// The shells that understand the script.
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    spec.commandLine().getOut().print(script());
  }

  private String script() {
    return switch (shell) {
      // It switches on zsh's emulation of bash completion by itself.
      case BASH, ZSH -> AutoComplete.bash("hospes", spec.root().commandLine()) + "\n";
      case FISH -> FishCompletion.of(spec.root());
    };
  }
}
