package hospes.cli;

import hospes.guests.Claim;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.host.guest.FileContent;
import hospes.host.guest.GuestName;
import hospes.host.guest.Kinds;
import hospes.host.template.ImageStart;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.PullOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Finds what the user wants to run: an image, something built in, a file, or the parts by options.
final class Planner {
  /// What the user said by the options of kinds.
  record Said(Map<OptionSpec, List<Value>> values) {
    static Said nothing() {
      return new Said(Map.of());
    }
  }

  private final CommandContext context;
  private final Narrator narrator;
  private final Optional<String> mirror;
  private final Optional<CommandLine> command;

  /// @param mirror where to fetch an image from, instead of the configured mirror
  /// @param command for errors of its usage; empty where nothing but an image was named
  Planner(
      CommandContext context,
      Narrator narrator,
      Optional<String> mirror,
      Optional<CommandLine> command) {
    this.context = context;
    this.narrator = narrator;
    this.mirror = mirror;
    this.command = command;
  }

  /// Finds everything; may fetch an image.
  ///
  /// @throws CommandFailure where a file cannot be run
  /// @throws hospes.host.HostException where a file or an image cannot be had
  Planned plan(Optional<String> guest, Said said) throws CommandFailure {
    if (guest.isEmpty()) {
      return byOptions(said);
    }
    String name = guest.get();
    for (MachineKind kind : Kinds.all()) {
      MachineKind.BuiltIn builtIn = kind.builtIn().get(name);
      if (builtIn != null) {
        return planned(kind, builtIn.values(), name, said, Optional.empty());
      }
    }
    return Images.catalogue().contains(name) ? image(name, said) : file(Path.of(name), said);
  }

  private Planned image(String name, Said said) {
    Images images = new Images(ImageSettings.of(context.environment()));
    ImageStart image = ImageStart.of(name, images, wanted -> fetch(images, wanted));
    Plan own = image.plan();
    return planned(own.kind(), own.values(), name, said, Optional.of(image));
  }

  private Image fetch(Images images, String name) throws ImageException {
    PullOptions options = PullOptions.any();
    if (mirror.isPresent()) {
      options = options.from(mirror.get());
    }
    try (PullProgress progress = new PullProgress(narrator)) {
      return images.pull(name, options, progress);
    }
  }

  private Planned file(Path file, Said said) throws CommandFailure {
    if (!Files.exists(file) && file.getNameCount() == 1) {
      throw new CommandFailure(
          "there is neither an image nor a file named %s; the images are: %s"
              .formatted(file, String.join(", ", names())));
    }
    String name = String.valueOf(file.getFileName());
    Start start = new Start(name, FileContent.of(file, "file"));
    Optional<Kinds.Claimed> claimed = Kinds.recognise(start);
    if (claimed.isEmpty()) {
      throw new CommandFailure("%s %s".formatted(file, ForeignFiles.judge(start.content())));
    }
    MachineKind kind = claimed.get().kind();
    return switch (claimed.get().claim()) {
      case Claim.Startable(var _, String what, Map<String, List<Value>> values) -> {
        if (!kind.drawsScreen()) {
          narrator.say("%s is %s".formatted(file, what));
        }
        yield planned(kind, values, name, said, Optional.empty());
      }
      case Claim.Unusable(var _, var problem) ->
          throw new CommandFailure("%s %s".formatted(file, Refusals.words(problem)));
    };
  }

  /// All that can be run by its name.
  static List<String> names() {
    List<String> names = new ArrayList<>();
    Kinds.all().forEach(kind -> names.addAll(kind.builtIn().keySet()));
    names.addAll(Images.catalogue());
    return names;
  }

  /// The machine that has all the options which the user gave.
  private Planned byOptions(Said said) {
    List<MachineKind> kinds =
        Kinds.all().stream().filter(kind -> missing(kind, said).isEmpty()).toList();
    if (said.values().isEmpty() || kinds.isEmpty()) {
      throw usage("what to run? Name an image or a file");
    }
    if (kinds.size() > 1) {
      throw usage(
          "that may be %s as well as %s: name the file to run"
              .formatted(kinds.get(0).title(), kinds.get(1).title()));
    }
    String name =
        said.values().values().stream()
            .flatMap(List::stream)
            .filter(Value.File.class::isInstance)
            .map(file -> ((Value.File) file).name())
            .findFirst()
            .orElse("");
    return planned(kinds.getFirst(), Map.of(), name, said, Optional.empty());
  }

  private static Optional<OptionSpec> missing(MachineKind kind, Said said) {
    List<String> known = kind.options().stream().map(OptionSpec::name).toList();
    return said.values().keySet().stream()
        .filter(option -> !known.contains(option.name()))
        .findFirst();
  }

  private Planned planned(
      MachineKind kind,
      Map<String, List<Value>> own,
      String name,
      Said said,
      Optional<ImageStart> image) {
    Optional<OptionSpec> foreign = missing(kind, said);
    if (foreign.isPresent()) {
      String option = foreign.get().name();
      String owner =
          Kinds.all().stream()
              .filter(
                  other -> other.options().stream().anyMatch(known -> known.name().equals(option)))
              .map(MachineKind::title)
              .findFirst()
              .orElse("another machine");
      throw usage("--%s is for %s; this is %s".formatted(option, owner, kind.title()));
    }
    Map<String, List<Value>> all = new LinkedHashMap<>(own);
    said.values().forEach((option, values) -> merge(all, option, values, own));
    return new Planned(Plan.of(kind).withAll(all), GuestName.derived(name), name, image);
  }

  /// What the user says goes before what a name or a file stands for, but a text is added to it.
  // Two
  /// files that both say what to run are one too many.
  private void merge(
      Map<String, List<Value>> all,
      OptionSpec option,
      List<Value> values,
      Map<String, List<Value>> own) {
    List<Value> there = own.getOrDefault(option.name(), List.of());
    boolean isFirstFile =
        !there.isEmpty()
            && there.getFirst() instanceof Value.File
            && own.keySet().iterator().next().equals(option.name());
    if (isFirstFile) {
      throw usage("GUEST and --%s both say what to run; give one of them".formatted(option.name()));
    }
    if (option.type() instanceof OptionSpec.Type.Text
        && !there.isEmpty()
        && there.getLast() instanceof Value.Text(String first)
        && values.getLast() instanceof Value.Text(String second)) {
      all.put(option.name(), List.of(new Value.Text((first + " " + second).strip())));
    } else {
      all.put(option.name(), values);
    }
  }

  private RuntimeException usage(String message) {
    return command
        .<RuntimeException>map(line -> new ParameterException(line, message))
        .orElseGet(() -> new IllegalArgumentException(message));
  }
}
