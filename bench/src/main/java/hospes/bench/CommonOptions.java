package hospes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What all benchmarks let the user choose.
final class CommonOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Samples of each emulator, taken in turns (boot: 5, others: 3).")
  private Optional<Integer> rounds = Optional.empty();

  @Option(names = "--no-qemu", description = "Measure Hospes alone, for example its variants.")
  private boolean withoutQemu;

  @Option(
      names = "--variant",
      paramLabel = "NAME=JVM-OPTIONS",
      description = "Measure Hospes with these options for the JVM, too; may be given again.")
  private Map<String, String> variants = new LinkedHashMap<>();

  @Option(
      names = "--against",
      paramLabel = "NAME=FOLDER",
      description = "Measure the Hospes of another checkout, too; may be given again.")
  private Map<String, Path> checkouts = new LinkedHashMap<>();

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      description = "Where to write JSON and chart (default: bench/results).")
  private Optional<Path> results = Optional.empty();

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Write the chart (SVG) to this file, too.")
  private Optional<Path> chart = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "A single run that takes longer has failed (default: ${DEFAULT-VALUE}).")
  private long timeout;

  int rounds(int otherwise) throws BenchFailure {
    int chosen = rounds.orElse(otherwise);
    if (chosen < 1) {
      throw new BenchFailure("--rounds must be 1 or more");
    }
    return chosen;
  }

  Path results(Path root) {
    return results.orElse(root.resolve("bench/results"));
  }

  /// Where else to write the chart.
  Optional<Path> chart() {
    return chart;
  }

  GuestProcess processes() throws BenchFailure {
    if (timeout < 1) {
      throw new BenchFailure("--timeout must be 1 or more");
    }
    return new GuestProcess(Duration.ofSeconds(timeout));
  }

  /// What to measure; ratios refer to the first.
  List<Emulator.OfBoards> boards(Path root, Tools tools) throws BenchFailure {
    List<Emulator.OfBoards> emulators = new ArrayList<>();
    if (!withoutQemu) {
      emulators.add(new Emulator.Qemu(tools.qemu()));
    }
    emulators.addAll(hospes(root));
    return checked(emulators);
  }

  /// As [#boards(Path, Tools)] for stories, with dfrotz in QEMU's place.
  List<Emulator.OfStories> stories(Path root, Tools tools) throws BenchFailure {
    List<Emulator.OfStories> emulators = new ArrayList<>();
    if (!withoutQemu) {
      emulators.add(new Emulator.Frotz(tools.frotz()));
    }
    emulators.addAll(hospes(root));
    return checked(emulators);
  }

  private List<Emulator.Hospes> hospes(Path root) throws BenchFailure {
    List<Emulator.Hospes> emulators = new ArrayList<>();
    emulators.add(new Emulator.Hospes("hospes", root, ""));
    for (Map.Entry<String, Path> checkout : checkouts.entrySet()) {
      Path folder = checkout.getValue().toAbsolutePath().normalize();
      if (!Files.isExecutable(folder.resolve("hospes"))) {
        throw new BenchFailure(
            "--against %s: %s is no checkout of Hospes".formatted(checkout.getKey(), folder));
      }
      emulators.add(new Emulator.Hospes(checkout.getKey(), folder, ""));
    }
    variants.forEach((name, options) -> emulators.add(new Emulator.Hospes(name, root, options)));
    return emulators;
  }

  private <E extends Emulator> List<E> checked(List<E> emulators) throws BenchFailure {
    if (emulators.stream().map(Emulator::name).distinct().count() < emulators.size()) {
      throw new BenchFailure("--variant, --against: two emulators have the same name");
    }
    if (chart.isPresent() && emulators.size() < 2) {
      throw new BenchFailure(
          "--chart compares emulators: measure QEMU, or a variant or another checkout, too");
    }
    return emulators;
  }
}
