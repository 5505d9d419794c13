package hospes.cli;

import hospes.guests.MachineKind;
import hospes.host.guest.Kinds;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hospes images`.
@Command(name = "images", description = "Lists the images on this machine, and those to be had.")
final class ImagesCommand implements Callable<Integer> {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final String ROW = "%-12s %-10s %-10s %s";

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  ImagesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws ImageException {
    PrintWriter out = spec.commandLine().getOut();
    List<Image> present = new Images(ImageSettings.of(context.environment())).list();
    out.println(ROW.formatted("NAME", "SIZE", "PULLED", "WHAT"));
    for (MachineKind kind : Kinds.all()) {
      kind.builtIn()
          .forEach(
              (name, builtIn) ->
                  out.println(ROW.formatted(name, "-", "-", "built in: " + builtIn.what())));
    }
    for (Image image : present) {
      out.println(
          ROW.formatted(
              image.name(),
              Sizes.of(image.size()),
              DAY.format(image.pulled().atZone(ZoneId.systemDefault())),
              image.description()));
    }
    for (String name : Images.catalogue()) {
      if (present.stream().noneMatch(image -> image.name().equals(name))) {
        out.println(ROW.formatted(name, "-", "-", "not here yet: hospes pull " + name));
      }
    }
    return ExitCode.SUCCESS;
  }
}
