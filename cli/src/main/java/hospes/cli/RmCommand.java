package hospes.cli;

import hospes.host.control.RuntimeFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hospes rm`.
@Command(
    name = "rm",
    description = "Forgets a guest that has ended: its log, and how it ended.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes rm debian", "  hospes rm --force debian     ends it first"})
final class RmCommand extends GuestCommand {
  @Option(
      names = {"-f", "--force"},
      description = "End the guest if it runs.")
  private boolean force;

  RmCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws CommandFailure {
    RuntimeFolder folder = folder();
    boolean alive = folder.isAlive(name);
    if (alive && !force) {
      throw new CommandFailure(
          "guest %s is running; end it first: hospes stop %s".formatted(name, name));
    }
    if (alive) {
      ask("quit");
    }
    if (!folder.forget(name) && !alive) {
      throw new CommandFailure("there is no guest %s; see: hospes ps -a".formatted(name));
    }
    return ExitCode.SUCCESS;
  }
}
