package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hospes fork`.
@Command(
    name = "fork",
    description =
        "Makes guests that go on from a guest's state of this moment, and prints their names.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes fork debian", "  hospes fork debian -n 10"})
final class ForkCommand extends GuestCommand {
  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "1",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--same-entropy",
      description = "The forks draw the same random numbers: for replay, and nothing else.")
  private boolean sameEntropy;

  ForkCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    JsonNode answer =
        ask("x-hospes-fork", Json.object().put("count", count).put("same-entropy", sameEntropy));
    answer.path("names").forEach(fork -> spec.commandLine().getOut().println(fork.asText()));
    return ExitCode.SUCCESS;
  }
}
