package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hospes ps`.
@Command(
    name = "ps",
    description = "Lists the guests that run on this machine, in any terminal of yours.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes ps",
      "  hospes ps -a          those that have ended, too",
      "  hospes ps --json      for programs"
    })
final class PsCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %-6s %-9s %-8s %-5s %s";
  private static final List<String> KEYS =
      List.of("name", "state", "reason", "label", "started", "pid", "board", "harts", "memory");

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-a", "--all"},
      description = "Also detached guests that have ended.")
  private boolean all;

  @Mixin private JsonOption json = new JsonOption();

  PsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    RuntimeFolder folder = RuntimeFolder.of(context.environment());
    List<ObjectNode> guests = new ArrayList<>();
    for (String name : folder.living()) {
      try (QmpClient client = QmpClient.connect(folder, name)) {
        guests.add(chosen(client.execute("x-hospes-inspect", Json.object())));
      } catch (HostException ended) {
        // between the look into the folder and the question
      }
    }
    if (all) {
      folder.ended().forEach(name -> guests.add(ended(folder, name)));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      JsonOption.print(out, guests);
      return ExitCode.SUCCESS;
    }
    out.println(ROW.formatted("NAME", "STATE", "HARTS", "MEMORY", "PID", "UP", "WHAT"));
    guests.forEach(guest -> out.println(row(guest)));
    return ExitCode.SUCCESS;
  }

  /// What a guest says of itself, as far as it belongs here.
  private static ObjectNode chosen(JsonNode report) {
    ObjectNode guest = Json.object();
    for (String key : KEYS) {
      if (report.has(key)) {
        guest.set(key, report.get(key));
      }
    }
    return guest;
  }

  private static ObjectNode ended(RuntimeFolder folder, String name) {
    ObjectNode guest = Json.object().put("name", name).put("state", "stopped");
    try {
      JsonNode left = Json.parse(Files.readAllBytes(folder.record(name)));
      for (String key : List.of("label", "started", "ended", "reason", "exit-code")) {
        if (left.has(key)) {
          guest.set(key, left.get(key));
        }
      }
    } catch (IOException unreadable) {
      guest.put("reason", "?");
    }
    return guest;
  }

  private static String row(ObjectNode guest) {
    boolean lives = guest.has("pid");
    return ROW.formatted(
        guest.path("name").asText(),
        guest.path("state").asText(),
        guest.path("harts").asText("-"),
        lives ? Sizes.of(guest.path("memory").asLong()) : "-",
        guest.path("pid").asText("-"),
        lives ? Ages.since(guest.path("started").asText()) : "-",
        lives ? what(guest) : ending(guest));
  }

  private static String what(ObjectNode guest) {
    String reason = guest.path("reason").asText("");
    return guest.path("label").asText() + (reason.isEmpty() ? "" : ", halted: " + reason);
  }

  private static String ending(ObjectNode guest) {
    String label = guest.path("label").asText("");
    return "%s%s, exit code %s"
        .formatted(
            label.isEmpty() ? "" : label + ": ",
            guest.path("reason").asText(),
            guest.path("exit-code").asText("?"));
  }
}
