package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes events`.
@Command(
    name = "events",
    description = {
      "Prints what happens to guests, as it happens: a JSON object in each line.",
      "Of the guests that are named, until all of them have ended; else of all that are there and"
          + " that will be, until Ctrl-C."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes events", "  hospes events debian"})
final class EventsCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Guests, as hospes ps lists them; without any, all.")
  private List<String> names = new ArrayList<>();

  /// When the guest began that had a name last.
  private final Map<String, String> last = new ConcurrentHashMap<>();

  EventsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    RuntimeFolder folder = RuntimeFolder.of(context.environment());
    if (names.isEmpty()) {
      followAll(folder);
    } else {
      List<QmpClient> clients = new ArrayList<>();
      for (String name : names) {
        clients.add(QmpClient.connect(folder, name));
      }
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        QmpClient client = clients.get(i);
        threads.add(Thread.ofVirtual().start(() -> follow(name, client)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return ExitCode.SUCCESS;
  }

  /// Until it is interrupted.
  private void followAll(RuntimeFolder folder) throws InterruptedException {
    Set<String> followed = ConcurrentHashMap.newKeySet();
    try (RuntimeFolder.Changes changes = folder.watch()) {
      boolean isNew = false;
      while (true) {
        for (String name : folder.living()) {
          if (followed.add(name)) {
            boolean tellsStart = isNew;
            Thread.ofVirtual()
                .start(
                    () -> {
                      followNext(folder, name, tellsStart);
                      followed.remove(name);
                    });
          }
        }
        isNew = true;
        changes.await();
      }
    }
  }

  /// Follows the guest that has a name now, unless that is still the one that was followed last.
  private void followNext(RuntimeFolder folder, String name, boolean tellsStart) {
    try {
      QmpClient client = QmpClient.connect(folder, name);
      JsonNode guest = client.execute("x-hospes-inspect", Json.object());
      String started = guest.path("started").asText();
      if (started.equals(last.put(name, started))) {
        client.close(); // it has ended, and its socket is about to go
        return;
      }
      if (tellsStart) {
        print(
            event(started, "started", name)
                .put("label", guest.path("label").asText())
                .put("pid", guest.path("pid").asLong()));
      }
      follow(name, client);
    } catch (HostException gone) {
      // it ended before it was looked at
    }
  }

  private void follow(String name, QmpClient client) {
    try (client) {
      if (!client.follow(event -> print(of(event, name)))) {
        print(
            event(now(), "ended", name).put("reason", "its host was killed").put("exit-code", 137));
      }
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static ObjectNode event(String time, String what, String name) {
    return Json.object().put("time", time).put("event", what).put("name", name);
  }

  /// A guest's event in our words.
  private static ObjectNode of(JsonNode event, String name) {
    JsonNode data = event.path("data");
    String reason = data.path("x-hospes-reason").asText("");
    JsonNode at = event.path("timestamp");
    String time =
        Instant.ofEpochSecond(at.path("seconds").asLong(), at.path("microseconds").asLong() * 1000)
            .toString();
    return switch (event.path("event").asText()) {
      case "STOP" ->
          reason.isEmpty()
              ? event(time, "paused", name)
              : event(time, "halted", name).put("reason", reason);
      case "RESUME" -> event(time, "resumed", name);
      case "POWERDOWN" -> event(time, "power-button", name);
      case "RESET" -> event(time, "reset", name);
      case "X_HOSPES_FORKED" -> event(time, "forked", name).put("fork", data.path("name").asText());
      case "SHUTDOWN" ->
          event(time, "ended", name)
              .put("reason", reason)
              .put("exit-code", data.path("x-hospes-exit-code").asInt());
      case String other -> event(time, other, name);
    };
  }

  private void print(ObjectNode event) {
    PrintWriter out = spec.commandLine().getOut();
    synchronized (this) {
      out.println(event);
      out.flush();
    }
  }
}
