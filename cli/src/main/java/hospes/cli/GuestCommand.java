package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A command about one guest, which may live in another process.
@Command
abstract class GuestCommand implements Callable<Integer> {
  final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The guest, as hospes ps lists it.")
  String name = "";

  GuestCommand(CommandContext context) {
    this.context = context;
  }

  final RuntimeFolder folder() {
    return RuntimeFolder.of(context.environment());
  }

  /// Asks the guest's host for something.
  final JsonNode ask(String command, ObjectNode arguments) {
    try (QmpClient client = QmpClient.connect(folder(), name)) {
      return client.execute(command, arguments);
    }
  }

  final JsonNode ask(String command) {
    return ask(command, Json.object());
  }
}
