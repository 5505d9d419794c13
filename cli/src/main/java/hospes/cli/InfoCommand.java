package hospes.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes info`.
@Command(
    name = "info",
    description =
        "Tells what a file is: a story, alone or in a Blorb file, a kernel, a program, a snapshot,"
            + " a device tree or an initial RAM disk.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes info story.z5", "  hospes info story.zblorb --json | jq .ifid"})
final class InfoCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Any file that Hospes can use.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Facts facts = FileFacts.of(file);
    spec.commandLine().getOut().print(json ? facts.json() : facts.text());
    return ExitCode.SUCCESS;
  }
}
