package hospes.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench/run show`: the table and the chart of an earlier measurement.
@Command(
    name = "show",
    description = "Prints the table of an earlier result, and draws its chart.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run show bench/results/compute-20261123T014556Z.json --chart chart.svg")
final class ShowCommand implements Callable<Integer> {
  private final Workbench workbench;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "The result (JSON).")
  private Path file;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Write the chart (SVG) to this file.")
  private Optional<Path> chart = Optional.empty();

  ShowCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    Report report = ReportFile.read(file);
    workbench.table().print(ReportText.of(report));
    workbench.table().flush();
    if (chart.isPresent()) {
      SpeedChart.write(report, chart.get());
    }
    return 0;
  }
}
