package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.schedule.CpuShare;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `hospes update`.
@Command(
    name = "update",
    description = "Changes how a running guest is treated.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes update debian --cpu-weight 300",
      "  hospes update debian --cpu-limit 50%%     half a processor at most; 100%% for no limit",
      "  hospes update debian --memory 512M       asks its balloon driver for the rest"
    })
final class UpdateCommand extends GuestCommand {
  @Option(
      names = "--cpu-weight",
      paramLabel = "N",
      description = "Part of the time where guests compete, 1 to 10000.")
  private Optional<Integer> weight = Optional.empty();

  @Option(
      names = "--cpu-limit",
      paramLabel = "PERCENT",
      converter = CpuLimit.class,
      description = "Most that the guest gets of a processor, such as 50%%.")
  private Optional<Double> limit = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Memory that the guest is to do with, up to what it was started with. Its system gives"
              + " the rest up as soon as it can; it needs a driver for the virtio balloon.")
  private Optional<Long> memory = Optional.empty();

  UpdateCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws CommandFailure {
    if (weight.isEmpty() && limit.isEmpty() && memory.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "what to change? Give --cpu-weight, --cpu-limit or --memory");
    }
    check();
    try (QmpClient client = QmpClient.connect(folder(), name)) {
      if (memory.isPresent()) {
        limitMemory(client, memory.get());
      }
      if (weight.isPresent() || limit.isPresent()) {
        ObjectNode share = Json.object();
        weight.ifPresent(value -> share.put("cpu-weight", value));
        limit.ifPresent(value -> share.put("cpu-limit", value));
        client.execute("x-hospes-update", share);
      }
    }
    return ExitCode.SUCCESS;
  }

  private void check() {
    try {
      CpuShare _ =
          new CpuShare(
              weight.orElse(CpuShare.DEFAULT.weight()), limit.orElse(CpuShare.DEFAULT.limit()));
    } catch (IllegalArgumentException outside) {
      throw new ParameterException(spec.commandLine(), String.valueOf(outside.getMessage()));
    }
  }

  private void limitMemory(QmpClient client, long bytes) throws CommandFailure {
    JsonNode guest = client.execute("x-hospes-inspect", Json.object());
    long whole = guest.path("memory").asLong();
    if (bytes > whole) {
      throw new CommandFailure(
          "guest %s was started with %s, and cannot have more".formatted(name, Sizes.of(whole)));
    }
    if (guest.path("clock").asText().equals("virtual")) {
      throw new CommandFailure(
          "guest %s runs on virtual time, and repeats exactly: its memory stays as it is"
              .formatted(name));
    }
    if (!guest.has("balloon")) {
      throw new CommandFailure(
          "guest %s cannot be asked for memory: no driver for a balloon runs in it; on Linux:"
                  .formatted(name)
              + " modprobe virtio_balloon");
    }
    client.execute("balloon", Json.object().put("value", bytes));
  }
}
