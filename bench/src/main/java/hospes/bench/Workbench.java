package hospes.bench;

import hospes.bench.Report.Contender;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What every benchmark has at hand.
///
/// @param root the checkout
/// @param tools the host's programs
/// @param table where the table goes
/// @param log where progress goes
record Workbench(Path root, Tools tools, PrintStream table, PrintStream log) {
  void say(String message) {
    log.println("bench: " + message);
  }

  /// Asks each emulator for its version; this also builds a Hospes that is stale, so that no
  /// sample pays for it.
  List<Contender> contenders(List<? extends Emulator> emulators, GuestProcess processes)
      throws BenchFailure {
    List<Contender> contenders = new ArrayList<>();
    for (Emulator emulator : emulators) {
      say("preparing " + emulator.name());
      contenders.add(
          new Contender(
              emulator.name(),
              version(emulator, processes),
              emulator.version().getFirst(),
              emulator.environment()));
    }
    return contenders;
  }

  private String version(Emulator emulator, GuestProcess processes) throws BenchFailure {
    processes.output(emulator.version()); // may print that it builds
    List<String> lines = processes.output(emulator.version()).lines().toList();
    return switch (emulator) {
      case Emulator.Qemu _, Emulator.Frotz _ -> lines.getFirst();
      case Emulator.Hospes hospes -> {
        String options = hospes.jvmOptions().isEmpty() ? "" : ", " + hospes.jvmOptions();
        yield String.join(", ", lines) + commit(hospes.checkout(), processes) + options;
      }
    };
  }

  private String commit(Path checkout, GuestProcess processes) {
    List<String> command =
        List.of("git", "-C", checkout.toString(), "describe", "--always", "--dirty");
    try {
      return ", commit " + processes.output(command).strip();
    } catch (BenchFailure e) {
      return ""; // no git, or no repository: a source archive
    }
  }

  /// Writes the JSON and the chart, and prints the table.
  void publish(Report report, CommonOptions options) throws BenchFailure {
    Path file = ReportFile.write(report, options.results(root));
    table.print(ReportText.of(report));
    table.flush();
    say("written to " + file);
    if (report.emulators().size() > 1) {
      Path chart = file.resolveSibling(file.getFileName().toString().replaceFirst("json$", "svg"));
      SpeedChart.write(report, chart);
      say("chart in " + chart);
      if (options.chart().isPresent()) {
        SpeedChart.write(report, options.chart().get());
        say("chart in " + options.chart().get());
      }
    }
  }
}
