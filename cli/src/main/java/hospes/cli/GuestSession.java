package hospes.cli;

import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.GuestMachine;
import hospes.host.guest.Outcome;
import hospes.host.guest.Starter;
import hospes.host.guest.Treatment;
import hospes.host.template.TemplateStart;
import hospes.machine.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Size;

/// A guest from power-on to its end, with its console, drives and time.
final class GuestSession {
  private static final Payload.Size DETACHED = new Payload.Size(24, 80);

  /// Where the guest's input comes from.
  enum Input {
    /// Standard input.
    STANDARD,
    /// Nowhere.
    NONE
  }

  /// What is printed at the end.
  enum Report {
    /// Only an unusual ending.
    ENDING_ONLY,
    /// The figures of `--stats` too.
    STATISTICS
  }

  /// What is typed before the guest's input is read.
  enum Typing {
    /// The lines of a file.
    SCRIPT_FIRST,
    /// Nothing.
    NOTHING_FIRST
  }

  /// How an image starts.
  enum Beginning {
    /// From a template, where that can be.
    TEMPLATE,
    /// At power-on.
    POWER_ON
  }

  private final Narrator narrator;
  private final Planned planned;
  private final Treatment treatment;

  GuestSession(Narrator narrator, Planned planned, Treatment treatment) {
    this.narrator = narrator;
    this.planned = planned;
    this.treatment = treatment;
  }

  /// The option by which something is to be written instead of running the guest, if there is one.
  Optional<OptionSpec> product() {
    return planned.plan().kind().options().stream()
        .filter(
            option ->
                option.type() instanceof OptionSpec.Type.Product
                    && planned.plan().has(option.name()))
        .findFirst();
  }

  /// Writes it.
  void produce(OptionSpec option) throws CommandFailure {
    byte[] product = GuestMachine.product(planned.plan(), option.name());
    if (!(planned.plan().value(option.name()).orElseThrow() instanceof Value.Place(String path))) {
      throw new IllegalStateException("--" + option.name() + " names no file");
    }
    Path file = Path.of(path);
    try {
      Files.write(file, product);
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
    narrator.say("wrote %s (%d bytes)".formatted(file, product.length));
  }

  /// Runs the guest to its end, and returns the program's exit code.
  ///
  /// @param typing what is typed first
  /// @param record where the guest is recorded, if it is
  int run(
      GuestHosting hosting,
      GuestHosting.Place place,
      Input input,
      Typing typing,
      Optional<Path> record,
      Beginning beginning,
      Report report)
      throws CommandFailure, InterruptedException {
    Plan plan = withFolders(withScreen(place, input, typing));
    Outcome outcome =
        hosting.run(
            treatment.name(),
            (host, free, console) -> {
              Treatment own =
                  console.map(treatment.name(free)::console).orElse(treatment.name(free));
              Optional<Starter> template = template(plan, beginning);
              Guest guest =
                  template.isPresent() ? host.create(template.get(), own) : host.create(plan, own);
              if (record.isPresent()) {
                record(guest, record.get());
              }
              return guest;
            },
            input == Input.NONE && typing == Typing.NOTHING_FIRST ? Input.NONE : Input.STANDARD,
            (guest, ended) -> {
              guest
                  .driveFailures()
                  .forEach(
                      (drive, failure) ->
                          narrator.say(
                              "drive %s failed; the guest was told of an I/O error: %s"
                                  .formatted(drive, Refusals.words(drive, failure))));
              guest.portFailures().forEach(narrator::say);
              Endings.tell(narrator, ended.ending(), treatment.policy());
              if (report == Report.STATISTICS) {
                RunStatistics.tell(narrator, guest, ended);
              }
            });
    return ExitCode.of(outcome.ending());
  }

  private void record(Guest guest, Path journal) {
    guest.listen(
        event -> {
          if (event instanceof GuestEvent.RecordingFailed(String why)) {
            narrator.say(why);
          }
        });
    try {
      guest.record(journal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted before the recording began", e);
    }
  }

  private Optional<Starter> template(Plan plan, Beginning beginning) {
    return switch (beginning) {
      case POWER_ON -> Optional.empty();
      case TEMPLATE ->
          planned
              .image()
              .flatMap(
                  image ->
                      TemplateStart.of(image, plan, treatment, new TemplateProgress(narrator)));
    };
  }

  /// The terminal that the guest draws on. Pages that wait for a key would take one of a script's.
  private Plan withScreen(GuestHosting.Place place, Input input, Typing typing) {
    Plan plan = planned.plan();
    if (!plan.kind().drawsScreen() || typing == Typing.SCRIPT_FIRST) {
      return plan;
    }
    return switch (place) {
      case DETACHED -> plan.before(DETACHED);
      case TERMINAL -> {
        boolean hasTerminal =
            input == Input.STANDARD
                && StandardStream.INPUT.isTerminal()
                && StandardStream.OUTPUT.isTerminal();
        if (!hasTerminal) {
          yield plan;
        }
        Size size = RawTerminal.size();
        yield plan.before(
            new Payload.Size(Math.max(1, size.getRows()), Math.max(1, size.getColumns())));
      }
    };
  }

  /// Folders are the user's, or those that options lead to by themselves.
  private static Plan withFolders(Plan plan) throws CommandFailure {
    Plan complete = plan;
    for (OptionSpec option : plan.kind().options()) {
      if (option.type() instanceof OptionSpec.Type.Folder) {
        if (!complete.has(option.name()) && option.fallback().isPresent()) {
          Path folder = Path.of(option.fallback().get()).toAbsolutePath().normalize();
          complete = complete.with(option.name(), new Value.Place(folder.toString()));
        }
        if (complete.value(option.name()).orElse(new Value.Flag()) instanceof Value.Place(String at)
            && !Files.isDirectory(Path.of(at))) {
          throw new CommandFailure(
              "--%s %s is no folder; make it first".formatted(option.name(), at));
        }
      }
    }
    return complete;
  }
}
