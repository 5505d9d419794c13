package hospes.cli;

import picocli.CommandLine.Command;

/// `hospes stop`.
@Command(
    name = "stop",
    description = "Presses a guest's power button.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes stop debian")
final class StopCommand extends GuestCommand {
  StopCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    ask("system_powerdown");
    return ExitCode.SUCCESS;
  }
}
