package hospes.cli;

import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.PullOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes pull`.
@Command(
    name = "pull",
    description = "Fetches an image, or brings it up to date.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes pull debian",
      "  hospes pull debian --mirror https://mirror.example.org/debian",
    })
final class PullCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The image: debian.")
  private String name = "";

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Mirror of the Debian archive; otherwise HOSPES_DEBIAN_MIRROR, the configuration file, or"
              + " the one that this machine's apt uses.")
  private Optional<String> mirror = Optional.empty();

  PullCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws ImageException {
    PullOptions options = PullOptions.current();
    if (mirror.isPresent()) {
      options = options.from(mirror.get());
    }
    Image image;
    try (PullProgress progress = new PullProgress(new Narrator(spec.commandLine().getErr()))) {
      image = new Images(ImageSettings.of(context.environment())).pull(name, options, progress);
    }
    spec.commandLine()
        .getOut()
        .println(
            "%s is ready: %s (%s)"
                .formatted(
                    image.name(),
                    Sizes.of(image.size()),
                    image.versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", "))));
    return ExitCode.SUCCESS;
  }
}
