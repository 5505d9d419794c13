package hospes.bench;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Result;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.util.Locale;

/// Writes a report for people: Markdown that reads well in a terminal.
final class ReportText {
  private ReportText() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s, %d %s in turns\n"
            .formatted(
                report.benchmark(),
                report.date(),
                report.rounds(),
                report.rounds() == 1 ? "round" : "rounds"));
    HostFacts host = report.host();
    text.append(
        "%s, %d cores, %s; load %s before, %s after\n"
            .formatted(
                host.cpu(), host.cores(), host.system(), host.loadBefore(), host.loadAfter()));
    for (Contender contender : report.emulators()) {
      text.append("%s: %s\n".formatted(contender.name(), contender.version()));
    }
    report.settings().forEach((name, value) -> text.append("%s: %s\n".formatted(name, value)));
    text.append("ratio: median / median of ").append(report.baseline()).append("\n\n");
    text.append(table(report));
    return text.toString();
  }

  private static TextTable table(Report report) {
    TextTable table =
        new TextTable(
            "workload",
            "emulator",
            "median s",
            "min",
            "max",
            "ratio",
            "CPU s",
            "CPU ratio",
            "M instr.",
            "MIPS");
    for (Workload workload : report.workloads()) {
      for (Result result : workload.results()) {
        Long instructions = workload.instructions();
        Double mips = result.mips();
        table.row(
            workload.name(),
            result.emulator(),
            number(result.wall().median()),
            number(result.wall().min()),
            number(result.wall().max()),
            number(result.wallRatio()),
            number(result.cpu().median()),
            number(result.cpuRatio()),
            instructions == null ? "" : "%d".formatted(Math.round(instructions / 1e6)),
            mips == null ? "" : "%d".formatted(Math.round(mips)));
      }
    }
    if (report.workloads().size() > 1) {
      for (Total total : report.summary()) {
        table.row(
            "geometric mean",
            total.emulator(),
            "",
            "",
            "",
            number(total.wallRatio()),
            "",
            number(total.cpuRatio()),
            "",
            "");
      }
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
