package hospes.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.guests.MachineKind;
import hospes.host.control.Json;
import hospes.host.guest.Kinds;
import hospes.host.template.Template;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hospes images`.
@Command(
    name = "images",
    description = {
      "Lists the images on this machine, and those to be had; and the templates that guests start"
          + " from: snapshots of booted images."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes images", "  hospes images --json      for programs"})
final class ImagesCommand implements Callable<Integer> {
  private static final String ROW = "%-12s %-10s %-10s %s";

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonOption json = new JsonOption();

  /// Templates of an image.
  private record Templates(String image, List<Template> all) {}

  ImagesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws ImageException {
    PrintWriter out = spec.commandLine().getOut();
    Images images = new Images(ImageSettings.of(context.environment()));
    List<Image> present = images.list();
    List<String> absent =
        Images.catalogue().stream()
            .filter(name -> present.stream().noneMatch(image -> image.name().equals(name)))
            .toList();
    List<Templates> templates = new ArrayList<>();
    for (String name : images.withTemplates()) {
      templates.add(new Templates(name, Template.in(images.templates(name))));
    }
    if (json.isWanted()) {
      JsonOption.print(out, toJson(present, absent, templates));
    } else {
      table(out, present, absent);
      table(out, templates);
    }
    return ExitCode.SUCCESS;
  }

  private static void table(PrintWriter out, List<Image> present, List<String> absent) {
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
              image.name(), Sizes.of(image.size()), day(image.pulled()), image.description()));
    }
    for (String name : absent) {
      out.println(ROW.formatted(name, "-", "-", "not here yet: hospes pull " + name));
    }
  }

  private static void table(PrintWriter out, List<Templates> templates) {
    if (templates.stream().allMatch(one -> one.all().isEmpty())) {
      return;
    }
    out.println();
    out.println(ROW.formatted("TEMPLATE OF", "SIZE", "LAST USED", "MACHINE"));
    for (Templates of : templates) {
      for (Template template : of.all()) {
        out.println(
            ROW.formatted(
                of.image(),
                Sizes.of(template.bytes()),
                day(template.lastUsed()),
                template.machine().map(ImagesCommand::text).orElse("cannot be used")));
      }
    }
  }

  private static String text(Template.Booted machine) {
    return "%s, %d %s"
        .formatted(
            Sizes.of(machine.memoryBytes()),
            machine.harts(),
            machine.harts() == 1 ? "hart" : "harts");
  }

  private static String day(Instant moment) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(moment.atZone(ZoneId.systemDefault()));
  }

  private static List<ObjectNode> toJson(
      List<Image> present, List<String> absent, List<Templates> templates) {
    List<ObjectNode> all = new ArrayList<>();
    for (MachineKind kind : Kinds.all()) {
      kind.builtIn().keySet().forEach(name -> all.add(item(name, "built-in")));
    }
    for (Image image : present) {
      all.add(
          item(image.name(), "image")
              .put("size", image.size())
              .put("pulled", image.pulled().toString())
              .put("description", image.description()));
    }
    absent.forEach(name -> all.add(item(name, "absent")));
    for (Templates of : templates) {
      for (Template template : of.all()) {
        ObjectNode item =
            item(of.image(), "template")
                .put("size", template.bytes())
                .put("last-used", template.lastUsed().toString())
                .put("file", template.file().toString());
        template
            .machine()
            .ifPresent(
                machine -> item.put("memory", machine.memoryBytes()).put("harts", machine.harts()));
        all.add(item);
      }
    }
    return all;
  }

  private static ObjectNode item(String name, String kind) {
    return Json.object().put("name", name).put("kind", kind);
  }
}
