package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import hospes.bench.Report.Contender;
import hospes.bench.Report.Workload;
import hospes.images.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/run host`: what it costs to have many guests.
@Command(
    name = "host",
    description = {
      "Starts the image of `hospes pull debian` from its template, saves and restores it, beside"
          + " what QEMU can do of that; then measures forks, their memory, sharing of time and idle"
          + " guests in one host."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run host --rounds 3 --guests 20")
final class HostCommand implements Callable<Integer> {
  private static final int ROUNDS = 5;
  private static final int MOST_GUESTS = 1000;

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--guests",
      paramLabel = "N",
      defaultValue = "100",
      description = "Forks that run a command, and then idle (default: ${DEFAULT-VALUE}).")
  private int guests;

  HostCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    if (guests < 1 || guests > MOST_GUESTS) {
      throw new BenchFailure("--guests %d: 1 to %d can be forked".formatted(guests, MOST_GUESTS));
    }
    Path folder = temporaryFolder();
    try {
      measure(folder);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measure(Path folder) throws BenchFailure {
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfBoards> emulators = common.boards(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    Image image = BootImage.pull(workbench, processes);
    BootFiles files = new BootFiles(image.kernel(), image.initrd(), image.commandLine(), List.of());
    SavedGuests saved = new SavedGuests(processes, files, folder);
    List<Workload> workloads = new ArrayList<>();
    workbench.say("making sure that there is a template");
    for (Emulator.OfBoards emulator : emulators) {
      saved.prepare(emulator);
    }
    workloads.add(
        workload(
            "start",
            "To the shell's prompt: from the template; QEMU boots.",
            rounds,
            emulators,
            saved::start));
    workloads.add(
        workload(
            "save",
            "The running guest in a file: a snapshot; QEMU's savevm.",
            rounds,
            emulators,
            saved::save));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("memory", Emulator.MEMORY);
    image.versions().forEach(settings::put);
    settings.putAll(restores(rounds, emulators, saved));
    settings.putAll(new HostFigures(guests, workbench::say).take());
    workbench.publish(
        Report.of("host", began, rounds, settings, host, contenders, workloads), common);
  }

  /// From the start of a process to an answer of the restored shell. Not beside QEMU: 7.2 reads the
  /// state that it saved of this board (`-loadvm`), but the guest is silent from then on.
  private Map<String, String> restores(
      int rounds, List<Emulator.OfBoards> emulators, SavedGuests saved) throws BenchFailure {
    List<Emulator.Hospes> restoring = new ArrayList<>();
    for (Emulator.OfBoards emulator : emulators) {
      if (emulator instanceof Emulator.Hospes hospes) {
        restoring.add(hospes);
      }
    }
    workbench.say("restore: to an answer of the restored shell");
    Map<String, String> texts = new LinkedHashMap<>();
    Turns.take(rounds, restoring, saved::restore, workbench::say)
        .forEach(
            (hospes, samples) ->
                texts.put(
                    "restore to an answer, " + hospes.name(),
                    Summary.of(samples, Sample::wall).text()));
    return texts;
  }

  private Workload workload(
      String name,
      String description,
      int rounds,
      List<Emulator.OfBoards> emulators,
      Turns.Measurement<Emulator.OfBoards, Sample> measurement)
      throws BenchFailure {
    workbench.say(name + ": " + description);
    return Workload.of(
        name,
        description,
        OptionalLong.empty(),
        Turns.take(rounds, emulators, measurement, workbench::say));
  }

  private static Path temporaryFolder() throws BenchFailure {
    try {
      return Files.createTempDirectory("bench-host");
    } catch (IOException e) {
      throw new BenchFailure("cannot write to the temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException ignored) {
      // What is left in the temporary folder harms nobody.
    }
  }
}
