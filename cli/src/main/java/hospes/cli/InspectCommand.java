package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/// `hospes inspect`.
@Command(
    name = "inspect",
    description = "Prints all that is known of a guest, as JSON; of one that has ended, how.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes inspect debian | jq .instructions")
final class InspectCommand extends GuestCommand {
  InspectCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    RuntimeFolder folder = folder();
    Path ended = folder.record(name);
    JsonNode report =
        !folder.isAlive(name) && Files.exists(ended)
            ? Json.parse(Files.readAllBytes(ended))
            : ask("x-hospes-inspect");
    spec.commandLine().getOut().println(Json.pretty(report));
    return ExitCode.SUCCESS;
  }
}
