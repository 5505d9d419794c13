package hospes.bench;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  List<Contender> contenders(List<Emulator> emulators, GuestProcess processes) throws BenchFailure {
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
      case Emulator.Qemu _ -> lines.getFirst();
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

  /// Writes the JSON and prints the table.
  void publish(
      String benchmark,
      Instant began,
      int rounds,
      Map<String, String> settings,
      HostFacts host,
      List<Contender> contenders,
      List<Workload> workloads,
      Path results)
      throws BenchFailure {
    Report report =
        new Report(
            benchmark,
            began.truncatedTo(ChronoUnit.SECONDS).toString(),
            rounds,
            contenders.getFirst().name(),
            settings,
            host.afterwards(),
            contenders,
            workloads,
            Total.of(workloads));
    Path file = ReportFile.write(report, results);
    table.print(ReportText.of(report));
    table.flush();
    say("written to " + file);
  }
}
