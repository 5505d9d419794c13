package hospes.bench;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Result;
import hospes.bench.Report.Timing;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Draws how many times as fast as the baseline the other emulators are: a bar for each program, to
/// the right if faster, to the left if slower, on a logarithmic scale, so that twice as fast and
/// half as fast are equally long.
///
/// The result is SVG 1.1 with colours for light and dark pages; its description names all figures.
final class SpeedChart {
  private static final int WIDTH = 760;
  private static final int LETTER = 8; // about the width of one
  private static final int MARGIN = 16;
  private static final int VALUE = 52; // beside the longest bar
  private static final int TOP = 108;
  private static final int BAR = 11;
  private static final int GAP = 9;
  private static final int FOOT = 20;

  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #1f2328; }
      .title { font-size: 16px; font-weight: 600; }
      .faint { fill: #59636e; }
      .mean { font-weight: 600; }
      .paper { fill: #ffffff; }
      .grid { stroke: #d1d9e0; }
      .one { stroke: #59636e; stroke-width: 1.5; }
      .fast { fill: #0969da; }
      .slow { fill: #bc4c00; }
      .cold { opacity: 0.45; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .faint { fill: #9198a1; }
        .paper { fill: #0d1117; }
        .grid { stroke: #30363d; }
        .one { stroke: #9198a1; }
        .fast { fill: #4493f8; }
        .slow { fill: #f0883e; }
      }
      """;

  private final Report report;
  private final List<Row> rows;
  private final int labels; // where they end
  private final int low;
  private final int high;

  /// One program on one emulator.
  ///
  /// @param speed times as fast as the baseline
  /// @param cold the same for first runs, where they were timed apart
  private record Row(String label, double speed, @Nullable Double cold, boolean mean) {
    int bars() {
      return cold == null ? 1 : 2;
    }

    int height() {
      return bars() * BAR + GAP;
    }
  }

  private SpeedChart(Report report) {
    this.report = report;
    this.rows = rows(report);
    this.labels =
        MARGIN + LETTER * rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    double least = 0.5;
    double most = 2;
    for (Row row : rows) {
      double cold = row.cold() == null ? row.speed() : row.cold();
      least = Math.min(least, Math.min(row.speed(), cold));
      most = Math.max(most, Math.max(row.speed(), cold));
    }
    this.low = (int) Math.floor(log2(least));
    this.high = (int) Math.ceil(log2(most));
  }

  /// Draws a report of two or more emulators.
  ///
  /// @throws BenchFailure if there is nothing to compare, or the file cannot be written
  static void write(Report report, Path file) throws BenchFailure {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, svg(report));
    } catch (IOException e) {
      throw new BenchFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// The chart's text.
  ///
  /// @throws BenchFailure if there is nothing to compare
  static String svg(Report report) throws BenchFailure {
    if (report.emulators().size() < 2) {
      throw new BenchFailure("a chart compares emulators, but the result has only one");
    }
    return new SpeedChart(report).draw();
  }

  private static List<Row> rows(Report report) {
    List<String> rivals = report.emulators().stream().skip(1).map(Contender::name).toList();
    List<Row> rows = new ArrayList<>();
    for (Workload workload : report.workloads()) {
      for (Result result : workload.results()) {
        if (rivals.contains(result.emulator())) {
          Timing cold = result.cold();
          rows.add(
              new Row(
                  label(workload.name(), result.emulator(), rivals),
                  1 / result.time().wallRatio(),
                  cold == null ? null : (Double) (1 / cold.wallRatio()),
                  false));
        }
      }
    }
    if (report.workloads().size() > 1) {
      for (Total total : report.summary()) {
        if (rivals.contains(total.emulator())) {
          Double cold = total.coldWallRatio();
          rows.add(
              new Row(
                  label("geometric mean", total.emulator(), rivals),
                  1 / total.wallRatio(),
                  cold == null ? null : (Double) (1 / cold),
                  true));
        }
      }
    }
    return rows;
  }

  private static String label(String workload, String emulator, List<String> rivals) {
    return rivals.size() == 1 ? workload : workload + ", " + emulator;
  }

  private String draw() {
    int height = TOP + rows.stream().mapToInt(Row::height).sum() + FOOT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="title desc">
        <title id="title">%3$s</title>
        <desc id="desc">%4$s</desc>
        <style>
        %5$s</style>
        <rect class="paper" width="%1$d" height="%2$d" rx="6"/>
        <text class="title" x="%6$d" y="28">%3$s</text>
        <text class="faint" x="%6$d" y="48">%7$s</text>
        """
            .formatted(
                WIDTH,
                height,
                escape(title()),
                escape(description()),
                STYLE,
                MARGIN,
                escape(subtitle())));
    if (report.hasCold()) {
      svg.append(legend());
    }
    svg.append(grid(height - FOOT));
    int y = TOP;
    for (Row row : rows) {
      svg.append(row(row, y));
      y += row.height();
    }
    return svg.append("</svg>\n").toString();
  }

  private String title() {
    String who =
        report.emulators().stream().skip(1).map(Contender::name).collect(Collectors.joining(", "));
    return "%s: speed of %s, %s = 1".formatted(report.benchmark(), who, report.baseline());
  }

  private String subtitle() {
    HostFacts host = report.host();
    String date = report.date();
    return "%s, %s, %d cores; logarithmic scale"
        .formatted(date.substring(0, Math.min(10, date.length())), host.cpu(), host.cores());
  }

  private String description() {
    return rows.stream()
        .map(
            row ->
                row.cold() == null
                    ? "%s: %s".formatted(row.label(), times(row.speed()))
                    : "%s: %s, first run %s"
                        .formatted(row.label(), times(row.speed()), times(row.cold())))
        .collect(
            Collectors.joining("; ", "Times as fast as %s. ".formatted(report.baseline()), "."));
  }

  private String legend() {
    return swatch("fast", MARGIN, "warm: later runs")
        + swatch("fast cold", MARGIN + 130, "cold: the first run after a boot")
        + swatch("slow", MARGIN + 350, "slower than " + report.baseline());
  }

  private static String swatch(String look, int x, String meaning) {
    return """
    <rect class="%s" x="%d" y="61" width="14" height="10"/>
    <text class="faint" x="%d" y="70">%s</text>
    """
        .formatted(look, x, x + 20, escape(meaning));
  }

  /// A line for each power of two.
  private String grid(int bottom) {
    StringBuilder svg = new StringBuilder();
    for (int power = low; power <= high; power++) {
      double x = x(Math.pow(2, power));
      svg.append(
          "<line class=\"%s\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>\n"
              .formatted(power == 0 ? "one" : "grid", number(x), TOP - 8, number(x), bottom));
      String label = power < 0 ? "1/%d×".formatted(1L << -power) : "%d×".formatted(1L << power);
      svg.append(
          "<text class=\"faint\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(number(x), TOP - 14, power == 0 ? escape(report.baseline()) : label));
    }
    return svg.toString();
  }

  private String row(Row row, int top) {
    StringBuilder svg = new StringBuilder();
    if (row.mean()) {
      svg.append(
          "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
              .formatted(MARGIN, top - GAP / 2, WIDTH - MARGIN, top - GAP / 2));
    }
    svg.append(
        "<text%s x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
            .formatted(
                row.mean() ? " class=\"mean\"" : "",
                labels,
                top + (row.bars() * BAR + 9) / 2,
                escape(row.label())));
    svg.append(bar(row.speed(), top, ""));
    if (row.cold() != null) {
      svg.append(bar(row.cold(), top + BAR, " cold"));
    }
    return svg.toString();
  }

  private String bar(double speed, int top, String more) {
    double one = x(1);
    double end = x(speed);
    boolean faster = speed >= 1;
    return """
    <rect class="%s%s" x="%s" y="%d" width="%s" height="%d"/>
    <text class="faint" x="%s" y="%d" text-anchor="%s" style="font-size:10px">%s</text>
    """
        .formatted(
            faster ? "fast" : "slow",
            more,
            number(Math.min(one, end)),
            top,
            number(Math.abs(end - one)),
            BAR - 1,
            number(faster ? end + 4 : end - 4),
            top + BAR - 2,
            faster ? "start" : "end",
            times(speed));
  }

  private double x(double speed) {
    double left = labels + 10.0 + VALUE;
    double right = WIDTH - MARGIN - (double) VALUE;
    return left + (log2(speed) - low) / (high - low) * (right - left);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static String times(double speed) {
    return number(speed) + "×";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
