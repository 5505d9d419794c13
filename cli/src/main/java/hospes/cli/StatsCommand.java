package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import hospes.host.control.RuntimeFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hospes stats`.
@Command(
    name = "stats",
    description = {
      "Shows what the guests use: every second on a terminal, until Ctrl-C; else once.",
      "Rates are those of the last second: so once takes a second, too."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes stats", "  hospes stats --json      once, for programs"})
final class StatsCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %7s %8s %10s %10s";
  private static final String CLEAR = "\u001b[H\u001b[J";

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--once", description = "Once, on a terminal too.")
  private boolean once;

  @Mixin private JsonOption json = new JsonOption();

  StatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    GuestUsage usage = new GuestUsage(RuntimeFolder.of(context.environment()));
    PrintWriter out = spec.commandLine().getOut();
    boolean live = !once && !json.isWanted() && StandardStream.OUTPUT.isTerminal();
    List<GuestUsage.Guest> first = usage.look();
    if (live) {
      show(out, CLEAR + table(first));
    }
    do {
      if (live || !first.isEmpty()) {
        TimeUnit.SECONDS.sleep(1);
      }
      List<GuestUsage.Guest> guests = usage.look();
      if (json.isWanted()) {
        JsonOption.print(out, guests.stream().map(StatsCommand::toJson).toList());
      } else {
        show(out, live ? CLEAR + table(guests) : table(guests));
      }
    } while (live);
    return ExitCode.SUCCESS;
  }

  private static void show(PrintWriter out, String table) {
    out.print(table);
    out.flush();
  }

  private static ObjectNode toJson(GuestUsage.Guest guest) {
    ObjectNode json = Json.object();
    for (String key : List.of("name", "state", "label", "pid")) {
      json.set(key, guest.report().path(key));
    }
    putRate(json, "processors", guest.processors());
    putRate(json, "instructions-per-second", guest.speed());
    for (String key :
        List.of("instructions", "cpu-nanoseconds", "resident", "own", "memory", "host")) {
      json.set(key, guest.report().path(key));
    }
    return json;
  }

  private static void putRate(ObjectNode json, String key, OptionalDouble rate) {
    if (rate.isPresent()) {
      json.put(key, rate.getAsDouble());
    } else {
      json.putNull(key);
    }
  }

  private static String table(List<GuestUsage.Guest> guests) {
    StringBuilder table = new StringBuilder();
    Map<Long, String> hosts = new LinkedHashMap<>();
    line(table, "NAME", "STATE", "CPU", "MIPS", "RESIDENT", "MEMORY");
    for (GuestUsage.Guest guest : guests) {
      JsonNode report = guest.report();
      line(
          table,
          report.path("name").asText(),
          report.path("state").asText(),
          text("%.1f%%", 100, guest.processors()),
          text("%.1f", 1e-6, guest.speed()),
          Sizes.of(report.path("resident").asLong()),
          Sizes.of(report.path("memory").asLong()));
      hosts.put(report.path("pid").asLong(), host(report.path("host")));
    }
    hosts.forEach(
        (pid, host) ->
            table.append("host %d: %s".formatted(pid, host)).append(System.lineSeparator()));
    return table.toString();
  }

  private static String text(String format, double factor, OptionalDouble rate) {
    return rate.isEmpty() ? "-" : String.format(Locale.ROOT, format, rate.getAsDouble() * factor);
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

  private static void line(StringBuilder table, Object... cells) {
    table.append(ROW.formatted(cells)).append(System.lineSeparator());
  }
}
