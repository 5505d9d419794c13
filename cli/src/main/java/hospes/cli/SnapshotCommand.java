package hospes.cli;

import hospes.host.control.Json;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hospes snapshot`.
@Command(
    name = "snapshot",
    description = "Writes a guest's whole state to a file. The guest goes on.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes snapshot debian booted.snapshot")
final class SnapshotCommand extends GuestCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  SnapshotCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ask("x-hospes-snapshot", Json.object().put("file", file.toAbsolutePath().toString()));
    return ExitCode.SUCCESS;
  }
}
