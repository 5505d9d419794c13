package hospes.cli;

import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes rmi`.
@Command(name = "rmi", description = "Removes an image from this machine.")
final class RemoveImageCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The image, as hospes images lists it.")
  private String name = "";

  RemoveImageCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws ImageException, CommandFailure {
    if (!new Images(ImageSettings.of(context.environment())).remove(name)) {
      throw new CommandFailure("there is no image %s here; see: hospes images".formatted(name));
    }
    spec.commandLine().getOut().println("removed " + name);
    return ExitCode.SUCCESS;
  }
}
