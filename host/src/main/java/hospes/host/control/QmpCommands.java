package hospes.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.guests.facet.Processors;
import hospes.host.HostException;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.NoBalloonException;
import hospes.host.schedule.CpuShare;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// The commands of the control socket, each for one guest: those of QMP that have a meaning here,
/// and `x-hospes-…` for what QMP does not know.
final class QmpCommands {
  private interface Action {
    JsonNode run(JsonNode arguments) throws QmpError, InterruptedException;
  }

  private record Command(Set<String> parameters, Action action) {}

  private static final int MAX_FORKS = 10_000;

  private final Guest guest;
  private final Version version;
  private final Consumer<Guest> onFork;
  private final Function<HostException, String> words;
  private final Map<String, Command> commands = new TreeMap<>();

  /// @param version what to call ourselves
  /// @param onFork is told of forks
  /// @param words how a client is told what was refused
  QmpCommands(
      Guest guest, Version version, Consumer<Guest> onFork, Function<HostException, String> words) {
    this.guest = guest;
    this.version = version;
    this.onFork = onFork;
    this.words = words;
    command("query-version", arguments -> version.toJson());
    command("query-commands", arguments -> names());
    command("query-name", arguments -> Json.object().put("name", guest.name()));
    command("query-status", arguments -> status());
    command("query-cpus-fast", arguments -> cpus());
    command("stop", arguments -> stop());
    command("cont", arguments -> cont());
    command("quit", arguments -> quit());
    command("system_powerdown", arguments -> powerDown());
    command("system_reset", arguments -> reset());
    command("x-hospes-inspect", arguments -> GuestReport.of(guest));
    command("query-balloon", arguments -> balloon());
    command("balloon", this::limitMemory, "value");
    command("x-hospes-update", this::update, "cpu-weight", "cpu-limit");
    command("x-hospes-fork", this::fork, "count", "same-entropy");
    command("x-hospes-snapshot", this::snapshot, "file");
    command("x-hospes-send", this::send, "text");
  }

  private void command(String name, Action action, String... parameters) {
    commands.put(name, new Command(Set.of(parameters), action));
  }

  /// Runs a command.
  ///
  /// @throws QmpError for the client
  JsonNode run(String name, JsonNode arguments) throws QmpError, InterruptedException {
    Command command = commands.get(name);
    if (command == null) {
      throw new QmpError(QmpError.NOT_FOUND, "The command %s has not been found".formatted(name));
    }
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      if (!command.parameters().contains(argument.getKey())) {
        throw QmpError.generic("Parameter '%s' is unexpected".formatted(argument.getKey()));
      }
    }
    try {
      return command.action().run(arguments);
    } catch (HostException failure) {
      throw QmpError.generic(words.apply(failure));
    }
  }

  private static ObjectNode nothing() {
    return Json.object();
  }

  private ArrayNode names() {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    commands.keySet().forEach(name -> names.addObject().put("name", name));
    names.addObject().put("name", "qmp_capabilities");
    names.addObject().put("name", QmpSession.ATTACH);
    return names;
  }

  private ObjectNode status() {
    String status =
        switch (guest.state()) {
          case CREATED -> "prelaunch";
          case RUNNING -> "running";
          case PAUSED -> "paused";
          case STOPPED -> "shutdown";
        };
    return nothing()
        .put("status", status)
        .put("singlestep", false)
        .put("running", guest.state() == GuestState.RUNNING);
  }

  private ArrayNode cpus() throws InterruptedException {
    ArrayNode cpus = JsonNodeFactory.instance.arrayNode();
    Optional<Processors> processors = guest.look(machine -> machine.facet(Processors.class));
    for (int i = 0; processors.isPresent() && i < guest.description().processors(); i++) {
      ObjectNode cpu = cpus.addObject();
      // None has a thread of its own.
      cpu.put("thread-id", ProcessHandle.current().pid());
      cpu.putObject("props").put("core-id", i);
      cpu.put("qom-path", "/machine/soc0/harts[%d]".formatted(i));
      cpu.put("cpu-index", i);
      cpu.put("target", processors.get().architecture());
    }
    return cpus;
  }

  /// Like QEMU's, no error where it stands still already.
  private ObjectNode stop() throws InterruptedException {
    if (guest.state() == GuestState.RUNNING) {
      guest.pause();
    }
    return nothing();
  }

  private ObjectNode cont() throws InterruptedException {
    switch (guest.state()) {
      case CREATED -> guest.start();
      case PAUSED -> guest.resume();
      case RUNNING, STOPPED -> {}
    }
    return nothing();
  }

  private ObjectNode quit() throws InterruptedException {
    guest.kill();
    return nothing();
  }

  private ObjectNode powerDown() throws InterruptedException {
    guest.stop();
    return nothing();
  }

  private ObjectNode reset() throws InterruptedException {
    guest.reset();
    return nothing();
  }

  private JsonNode fork(JsonNode arguments) throws QmpError, InterruptedException {
    JsonNode count = arguments.path("count");
    if (!count.isMissingNode() && !(count.isInt() && count.intValue() >= 1)) {
      throw QmpError.generic("Invalid parameter type for 'count', expected: integer above 0");
    }
    int wanted = count.asInt(1);
    if (wanted > MAX_FORKS) {
      throw QmpError.generic("'count' is %d at most".formatted(MAX_FORKS));
    }
    IdentityChoice identity =
        arguments.path("same-entropy").asBoolean(false) ? IdentityChoice.SAME : IdentityChoice.OWN;
    List<Guest> forks = guest.fork(wanted, identity);
    forks.forEach(onFork);
    ObjectNode answer = nothing();
    ArrayNode names = answer.putArray("names");
    forks.forEach(fork -> names.add(fork.name()));
    return answer;
  }

  private ObjectNode balloon() throws QmpError, InterruptedException {
    OptionalLong bytes = guest.stats().balloonBytes();
    if (bytes.isEmpty()) {
      throw noBalloon();
    }
    return nothing().put("actual", guest.description().memoryBytes() - bytes.getAsLong());
  }

  private ObjectNode limitMemory(JsonNode arguments) throws QmpError, InterruptedException {
    JsonNode value = arguments.path("value");
    if (value.isMissingNode()) {
      throw QmpError.generic("Parameter 'value' is missing");
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw QmpError.generic("Invalid parameter type for 'value', expected: integer");
    }
    try {
      guest.limitMemory(value.longValue());
    } catch (NoBalloonException none) {
      throw noBalloon();
    }
    return nothing();
  }

  /// As QEMU says it.
  private static QmpError noBalloon() {
    return new QmpError("DeviceNotActive", "No balloon device has been activated");
  }

  private ObjectNode update(JsonNode arguments) throws QmpError, InterruptedException {
    CpuShare share = guest.treatment().share();
    try {
      JsonNode weight = arguments.path("cpu-weight");
      if (!weight.isMissingNode()) {
        share = share.withWeight(number(weight, "cpu-weight").intValue());
      }
      JsonNode limit = arguments.path("cpu-limit");
      if (!limit.isMissingNode()) {
        share = share.withLimit(number(limit, "cpu-limit").doubleValue());
      }
    } catch (IllegalArgumentException outside) {
      throw QmpError.generic(String.valueOf(outside.getMessage()));
    }
    guest.update(share);
    return nothing();
  }

  private static JsonNode number(JsonNode value, String name) throws QmpError {
    if (!value.isNumber()) {
      throw QmpError.generic("Invalid parameter type for '%s', expected: number".formatted(name));
    }
    return value;
  }

  private JsonNode snapshot(JsonNode arguments) throws QmpError, InterruptedException {
    try {
      Path file = Path.of(text(arguments, "file"));
      if (!file.isAbsolute()) {
        throw QmpError.generic("'file' must be an absolute path");
      }
      guest.snapshot(file);
    } catch (InvalidPathException e) {
      throw QmpError.generic("'file' is no path: " + e.getReason());
    }
    return nothing();
  }

  private JsonNode send(JsonNode arguments) throws QmpError, InterruptedException {
    guest.console().send(text(arguments, "text").getBytes(StandardCharsets.UTF_8));
    return nothing();
  }

  private static String text(JsonNode arguments, String name) throws QmpError {
    JsonNode value = arguments.path(name);
    if (value.isMissingNode()) {
      throw QmpError.generic("Parameter '%s' is missing".formatted(name));
    }
    if (!value.isTextual()) {
      throw QmpError.generic("Invalid parameter type for '%s', expected: string".formatted(name));
    }
    return value.textValue();
  }
}
