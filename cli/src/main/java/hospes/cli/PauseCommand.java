package hospes.cli;

import picocli.CommandLine.Command;

/// `hospes pause`.
@Command(
    name = "pause",
    description = "Stops a guest's time until hospes resume.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes pause debian")
final class PauseCommand extends GuestCommand {
  PauseCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ask("stop");
    return ExitCode.SUCCESS;
  }
}
