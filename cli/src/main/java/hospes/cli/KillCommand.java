package hospes.cli;

import picocli.CommandLine.Command;

/// `hospes kill`.
@Command(
    name = "kill",
    description = "Ends a guest at once.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes kill debian")
final class KillCommand extends GuestCommand {
  KillCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ask("quit");
    return ExitCode.SUCCESS;
  }
}
