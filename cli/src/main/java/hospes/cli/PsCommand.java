package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hospes ps`.
@Command(
    name = "ps",
    description = "Lists the guests that run on this machine, in any terminal of yours.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes ps", "  hospes ps -a          those that have ended, too"})
final class PsCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %-6s %-9s %-8s %s";

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-a", "--all"},
      description = "Also detached guests that have ended.")
  private boolean all;

  PsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    RuntimeFolder folder = RuntimeFolder.of(context.environment());
    PrintWriter out = spec.commandLine().getOut();
    out.println(ROW.formatted("NAME", "STATE", "HARTS", "MEMORY", "PID", "WHAT"));
    for (String name : folder.living()) {
      try (QmpClient client = QmpClient.connect(folder, name)) {
        JsonNode guest = client.execute("x-hospes-inspect", Json.object());
        out.println(
            ROW.formatted(
                name,
                guest.path("state").asText(),
                guest.path("harts").asText(),
                Sizes.of(guest.path("memory").asLong()),
                guest.path("pid").asText(),
                what(guest)));
      } catch (HostException ended) {
        // between the look into the folder and the question
      }
    }
    if (all) {
      for (String name : folder.ended()) {
        out.println(ROW.formatted(name, "stopped", "-", "-", "-", ending(folder, name)));
      }
    }
    return ExitCode.SUCCESS;
  }

  private static String what(JsonNode guest) {
    String reason = guest.path("reason").asText("");
    return guest.path("board").asText() + (reason.isEmpty() ? "" : ", halted: " + reason);
  }

  private static String ending(RuntimeFolder folder, String name) {
    try {
      JsonNode ended = Json.parse(Files.readAllBytes(folder.record(name)));
      return "%s, exit code %s"
          .formatted(ended.path("reason").asText(), ended.path("exit-code").asText());
    } catch (IOException unreadable) {
      return "?";
    }
  }
}
