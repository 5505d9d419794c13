package hospes.cli;

import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hospes logs`.
@Command(
    name = "logs",
    description = "Prints what a guest said on its console, as far as it is kept.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes logs debian", "  hospes logs -f debian"})
final class LogsCommand extends GuestCommand {
  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what it says until it ends.")
  private boolean follow;

  LogsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    RuntimeFolder folder = folder();
    OutputStream out = context.output();
    if (follow && folder.isAlive(name)) {
      try (QmpClient client = QmpClient.connect(folder, name);
          InputStream console = client.attach()) {
        console.transferTo(out);
      }
      return ExitCode.SUCCESS;
    }
    boolean found = false;
    for (Path part : List.of(folder.olderLog(name), folder.log(name))) {
      if (Files.exists(part)) {
        found = true;
        Files.copy(part, out);
      }
    }
    out.flush();
    if (!found) {
      throw new CommandFailure("there is no log of a guest %s; see: hospes ps -a".formatted(name));
    }
    return ExitCode.SUCCESS;
  }
}
