package hospes.bench;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Result;
import hospes.bench.Report.Timing;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    if (report.hasCold()) {
      text.append(
          """
          seconds of wall time; cold: first run in a boot; warm: median of the later runs
          ratio: median / median of %1$s; speed: how many times as fast as %1$s, warm

          """
              .formatted(report.baseline()));
      text.append(coldAndWarm(report));
      text.append(losses(report));
    } else {
      text.append("ratio: median / median of ").append(report.baseline()).append("\n\n");
      text.append(everything(report));
    }
    return text.toString();
  }

  /// A row for each program and emulator.
  private static TextTable everything(Report report) {
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
        Timing time = result.time();
        table.row(
            workload.name(),
            result.emulator(),
            number(time.wall().median()),
            number(time.wall().min()),
            number(time.wall().max()),
            number(time.wallRatio()),
            number(time.cpu().median()),
            number(time.cpuRatio()),
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

  /// A row for each program, with columns for each emulator.
  private static TextTable coldAndWarm(Report report) {
    List<String> rivals = rivals(report);
    List<String> header = new ArrayList<>(List.of("program"));
    for (Contender contender : report.emulators()) {
      header.add(contender.name() + " cold");
      header.add(contender.name() + " warm");
    }
    for (String rival : rivals) {
      String of = rivals.size() == 1 ? "" : rival + " ";
      header.addAll(List.of(of + "cold ratio", of + "warm ratio", of + "speed", of + "CPU ratio"));
    }
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Workload workload : report.workloads()) {
      List<String> row = new ArrayList<>(List.of(workload.name()));
      for (Result result : workload.results()) {
        row.add(number(Objects.requireNonNull(result.cold()).wall().median()));
        row.add(number(result.time().wall().median()));
      }
      for (Result result : workload.results().subList(1, workload.results().size())) {
        Timing warm = result.time();
        row.addAll(
            ratios(
                Objects.requireNonNull(result.cold()).wallRatio(),
                warm.wallRatio(),
                warm.cpuRatio()));
      }
      table.row(row.toArray(String[]::new));
    }
    if (report.workloads().size() > 1 && !rivals.isEmpty()) {
      List<String> row = new ArrayList<>(List.of("geometric mean"));
      report.emulators().forEach(_ -> row.addAll(List.of("", "")));
      for (Total total : report.summary().subList(1, report.summary().size())) {
        row.addAll(ratios(total.coldWallRatio(), total.wallRatio(), total.cpuRatio()));
      }
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> ratios(@Nullable Double cold, double warm, double cpu) {
    return List.of(
        cold == null ? "" : number(cold), number(warm), number(1 / warm) + "x", number(cpu));
  }

  /// Where the emulators lose against the baseline.
  private static String losses(Report report) {
    StringBuilder text = new StringBuilder();
    for (String rival : rivals(report)) {
      List<String> slower =
          report.workloads().stream()
              .flatMap(
                  workload ->
                      workload.results().stream()
                          .filter(result -> result.emulator().equals(rival))
                          .filter(result -> result.time().wallRatio() > 1)
                          .map(
                              result ->
                                  "%s (%s)"
                                      .formatted(
                                          workload.name(), number(result.time().wallRatio()))))
              .toList();
      text.append(
          "\n%s is slower than %s, warm: %s\n"
              .formatted(
                  rival,
                  report.baseline(),
                  slower.isEmpty() ? "nowhere" : String.join(", ", slower)));
    }
    return text.toString();
  }

  /// All but the baseline.
  private static List<String> rivals(Report report) {
    return report.emulators().stream().skip(1).map(Contender::name).toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
