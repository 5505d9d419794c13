package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import hospes.host.control.RuntimeFolder;
import hospes.storage.Drive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hospes rm`.
@Command(
    name = "rm",
    description =
        "Forgets a guest that has ended: its log, how it ended, and the files that were made for"
            + " what a fork or restored guest wrote to its drives.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes rm debian", "  hospes rm --force debian     ends it first"})
final class RmCommand extends GuestCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = {"-f", "--force"},
      description = "End the guest if it runs.")
  private boolean force;

  @Option(
      names = "--keep-drives",
      description = "Leave the files that were made for its drives, and print their names.")
  private boolean keepDrives;

  RmCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    RuntimeFolder folder = folder();
    boolean alive = folder.isAlive(name);
    if (alive && !force) {
      throw new CommandFailure(
          "guest %s is running; end it first: hospes stop %s".formatted(name, name));
    }
    if (alive) {
      ask("quit");
      awaitRecord(folder);
    }
    dropDrives(folder);
    if (!folder.forget(name) && !alive) {
      throw new CommandFailure("there is no guest %s; see: hospes ps -a".formatted(name));
    }
    return ExitCode.SUCCESS;
  }

  /// The socket goes when the record is written.
  private void awaitRecord(RuntimeFolder folder) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (folder.isAlive(name) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  private void dropDrives(RuntimeFolder folder) {
    JsonNode ended;
    try {
      ended = Json.parse(Files.readAllBytes(folder.record(name)));
    } catch (IOException noRecord) {
      return;
    }
    for (JsonNode drive : ended.path("own-drives")) {
      if (keepDrives) {
        spec.commandLine().getOut().println(drive.asText());
      } else {
        Drive.removeOwnFile(Path.of(drive.asText()));
      }
    }
  }
}
