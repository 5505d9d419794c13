package hospes.cli;

import picocli.CommandLine.Command;

/// `hospes resume`.
@Command(
    name = "resume",
    description = "Lets a paused guest go on.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes resume debian")
final class ResumeCommand extends GuestCommand {
  ResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ask("cont");
    return ExitCode.SUCCESS;
  }
}
