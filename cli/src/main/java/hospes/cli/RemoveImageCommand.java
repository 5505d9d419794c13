package hospes.cli;

import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes rmi`.
@Command(
    name = "rmi",
    description = "Removes an image from this machine, and its templates.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes rmi debian",
      "  hospes rmi --templates debian      the next run boots it once more"
    })
final class RemoveImageCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The image, as hospes images lists it.")
  private String name = "";

  @Option(
      names = "--templates",
      description = "Remove its templates alone; guests that started from them go on.")
  private boolean templates;

  RemoveImageCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws ImageException, CommandFailure {
    Images images = new Images(ImageSettings.of(context.environment()));
    if (templates) {
      if (!images.removeTemplates(name)) {
        throw new CommandFailure(
            "there is no template of %s here; see: hospes images".formatted(name));
      }
      spec.commandLine().getOut().println("removed the templates of " + name);
      return ExitCode.SUCCESS;
    }
    if (!images.remove(name)) {
      throw new CommandFailure("there is no image %s here; see: hospes images".formatted(name));
    }
    spec.commandLine().getOut().println("removed " + name);
    return ExitCode.SUCCESS;
  }
}
