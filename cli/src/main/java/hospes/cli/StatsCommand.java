package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hospes stats`.
@Command(
    name = "stats",
    description = "Shows what the guests use: every second on a terminal, until Ctrl-C; else once.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes stats")
final class StatsCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %7s %8s %10s %10s";
  private static final String CLEAR = "\u001b[H\u001b[J";

  private final CommandContext context;
  private final Map<String, Sample> before = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--once", description = "Once, on a terminal too.")
  private boolean once;

  private record Sample(long at, long cpu, long instructions) {}

  StatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    RuntimeFolder folder = RuntimeFolder.of(context.environment());
    PrintWriter out = spec.commandLine().getOut();
    boolean live = !once && StandardStream.OUTPUT.isTerminal();
    do {
      String table = table(folder);
      out.print(live ? CLEAR + table : table);
      out.flush();
      if (live) {
        TimeUnit.SECONDS.sleep(1);
      }
    } while (live);
    return ExitCode.SUCCESS;
  }

  private String table(RuntimeFolder folder) {
    StringBuilder table = new StringBuilder();
    Map<Long, String> hosts = new LinkedHashMap<>();
    line(table, "NAME", "STATE", "CPU", "MIPS", "RESIDENT", "MEMORY");
    for (String name : folder.living()) {
      try (QmpClient client = QmpClient.connect(folder, name)) {
        JsonNode guest = client.execute("x-hospes-inspect", Json.object());
        row(table, guest);
        hosts.put(guest.path("pid").asLong(), host(guest.path("host")));
      } catch (HostException ended) {
        before.remove(name);
      }
    }
    hosts.forEach(
        (pid, host) ->
            table.append("host %d: %s".formatted(pid, host)).append(System.lineSeparator()));
    return table.toString();
  }

  /// What the guests of a host use together.
  private static String host(JsonNode host) {
    StringBuilder text = new StringBuilder(Sizes.of(host.path("used").asLong()));
    if (host.has("limit")) {
      text.append(" of ").append(Sizes.of(host.path("limit").asLong()));
    }
    text.append(" used, ")
        .append(Sizes.of(host.path("sharing").path("saved").asLong()))
        .append(" saved by sharing");
    JsonNode swap = host.path("swap");
    if (swap.path("written").asLong() > 0) {
      text.append(
          ", %d pages (%s) swapped out"
              .formatted(swap.path("pages").asLong(), Sizes.of(swap.path("bytes").asLong())));
    }
    return text.toString();
  }

  /// Speeds are those since the last table; in the first one, since the guest began.
  private void row(StringBuilder table, JsonNode guest) {
    String name = guest.path("name").asText();
    Sample now =
        new Sample(
            System.nanoTime(),
            guest.path("cpu-nanoseconds").asLong(),
            guest.path("instructions").asLong());
    Sample last = before.put(name, now);
    long cpu = now.cpu() - (last == null ? 0 : last.cpu());
    long instructions = now.instructions() - (last == null ? 0 : last.instructions());
    line(
        table,
        name,
        guest.path("state").asText(),
        last == null
            ? "-"
            : String.format(Locale.ROOT, "%.1f%%", 100.0 * cpu / (now.at() - last.at())),
        cpu <= 0 ? "-" : String.format(Locale.ROOT, "%.1f", instructions * 1e3 / cpu),
        Sizes.of(guest.path("resident").asLong()),
        Sizes.of(guest.path("memory").asLong()));
  }

  private static void line(StringBuilder table, Object... cells) {
    table.append(ROW.formatted(cells)).append(System.lineSeparator());
  }
}
