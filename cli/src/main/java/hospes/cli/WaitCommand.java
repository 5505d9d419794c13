package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes wait`.
@Command(
    name = "wait",
    description = {
      "Waits until guests have ended, and says how.",
      "Exit code: the guest's; of several, the first that is not 0, in their order."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes wait debian", "  hospes wait first second && echo both are fine"})
final class WaitCommand implements Callable<Integer> {
  /// What a shell says of a process that SIGKILL ended.
  private static final int KILLED = 128 + 9;

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Guests, as hospes ps -a lists them.")
  private List<String> names = new ArrayList<>();

  private record End(String reason, int exitCode) {}

  WaitCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CommandFailure {
    RuntimeFolder folder = RuntimeFolder.of(context.environment());
    PrintWriter out = spec.commandLine().getOut();
    List<Waiting> all = new ArrayList<>();
    try {
      for (String name : names) {
        all.add(
            waiting(folder, name)); // all of them first: one may end while another is waited for
      }
      int exitCode = ExitCode.SUCCESS;
      for (Waiting one : all) {
        End end = one.end();
        out.println("%s: %s, exit code %d".formatted(one.name(), end.reason(), end.exitCode()));
        exitCode = exitCode == ExitCode.SUCCESS ? end.exitCode() : exitCode;
      }
      return exitCode;
    } finally {
      all.forEach(Waiting::close);
    }
  }

  private sealed interface Waiting {
    String name();

    End end();

    void close();
  }

  private record Ended(String name, End end) implements Waiting {
    @Override
    public void close() {}
  }

  private record Living(String name, QmpClient client) implements Waiting {
    @Override
    public End end() {
      AtomicReference<End> end = new AtomicReference<>(new End("its host was killed", KILLED));
      client.follow(
          event -> {
            JsonNode data = event.path("data");
            if (data.has("x-hospes-exit-code")) {
              end.set(
                  new End(
                      data.path("x-hospes-reason").asText(),
                      data.path("x-hospes-exit-code").asInt()));
            }
          });
      return end.get();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static Waiting waiting(RuntimeFolder folder, String name) throws CommandFailure {
    if (folder.isAlive(name)) {
      return new Living(name, QmpClient.connect(folder, name));
    }
    try {
      JsonNode left = Json.parse(Files.readAllBytes(folder.record(name)));
      return new Ended(name, new End(left.path("reason").asText(), left.path("exit-code").asInt()));
    } catch (IOException none) {
      throw new CommandFailure("there is no guest %s; see: hospes ps -a".formatted(name), none);
    }
  }
}
