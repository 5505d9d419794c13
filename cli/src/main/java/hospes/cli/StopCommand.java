package hospes.cli;

import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hospes stop`.
@Command(
    name = "stop",
    description = "Presses a guest's power button, and waits until it is off.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes stop debian", "  hospes stop debian --timeout 2m"})
final class StopCommand extends GuestCommand {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = TimeSpan.class,
      description =
          "How long to wait for the guest (default: ${DEFAULT-VALUE}); it stays on after that.")
  private Duration timeout = Duration.ZERO;

  StopCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    try (QmpClient client = QmpClient.connect(folder(), name)) {
      client.execute("system_powerdown", Json.object());
      if (!client.awaitEnd(timeout)) {
        throw new CommandFailure(
            "guest %s did not switch itself off within %s; it may still do so, or end it: hospes kill %s"
                .formatted(name, TimeSpan.text(timeout), name));
      }
    }
    return ExitCode.SUCCESS;
  }
}
