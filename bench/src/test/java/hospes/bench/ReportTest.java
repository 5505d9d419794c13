package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Result;
import hospes.bench.Report.Runs;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Emulator QEMU = new Emulator.Qemu(Path.of("/usr/bin/qemu"));
  private static final Emulator HOSPES = new Emulator.Hospes("hospes", Path.of("/src"), "");

  private static Workload workload(String name, double qemu, double hospes) {
    Map<Emulator, List<Sample>> samples = new LinkedHashMap<>();
    samples.put(QEMU, List.of(new Sample(qemu, 0.5), new Sample(qemu, 0.5)));
    samples.put(HOSPES, List.of(new Sample(hospes, 1.5), new Sample(hospes, 1.5)));
    return Workload.of(name, "a program", OptionalLong.of(400_000_000), samples);
  }

  private static Report report() {
    List<Workload> workloads = List.of(workload("one", 1, 2), workload("two", 2, 16));
    return new Report(
        "compute",
        "2026-11-23T01:02:03Z",
        2,
        "qemu",
        Map.of("scale", "1"),
        new HostFacts("A Processor", 2, "Linux 6 amd64", "0.10", "1.20"),
        List.of(
            new Contender("qemu", "QEMU 7.2", "qemu", Map.of()),
            new Contender("hospes", "hospes 0.1", "hospes", Map.of("HOSPES_JAVA_OPTS", "-Xint"))),
        workloads,
        Total.of(workloads));
  }

  @Test
  void ratiosReferToTheFirstEmulator() {
    Workload workload = workload("one", 1, 2);
    assertEquals(1, workload.results().get(0).time().wallRatio());
    assertEquals(2, workload.results().get(1).time().wallRatio());
    assertEquals(3, workload.results().get(1).time().cpuRatio());
  }

  @Test
  void speedIsInstructionsPerSecondOfTheMedianRun() {
    assertEquals(200.0, workload("one", 1, 2).results().get(1).mips());
  }

  @Test
  void totalIsTheGeometricMeanOverTheWorkloads() {
    assertEquals(4.0, report().summary().get(1).wallRatio(), 1e-12);
  }

  private static Report coldReport() {
    Map<Emulator, List<Runs>> boots = new LinkedHashMap<>();
    boots.put(
        QEMU,
        List.of(
            new Runs(new Sample(2, 1), List.of(new Sample(1, 1), new Sample(3, 0))),
            new Runs(new Sample(4, 1), List.of(new Sample(2, 1), new Sample(2, 1)))));
    boots.put(
        HOSPES,
        List.of(
            new Runs(new Sample(6, 1), List.of(new Sample(1, 2), new Sample(1, 2))),
            new Runs(new Sample(6, 1), List.of(new Sample(1, 2), new Sample(9, 2)))));
    List<Workload> workloads =
        List.of(Workload.ofRuns("one", "a", boots), Workload.ofRuns("two", "b", boots));
    Report all = report();
    return new Report(
        "compute",
        all.date(),
        2,
        "qemu",
        all.settings(),
        all.host(),
        all.emulators(),
        workloads,
        Total.of(workloads));
  }

  @Test
  void firstRunsOfAllBootsAreSummedUpApartFromLaterOnes() {
    List<Result> results = coldReport().workloads().getFirst().results();
    assertEquals(List.of(1.0, 3.0, 2.0, 2.0), results.get(0).time().wall().samples());
    assertEquals(0.5, results.get(1).time().wallRatio());
    assertEquals(2, Objects.requireNonNull(results.get(1).cold()).wallRatio());
    assertEquals(2, coldReport().summary().get(1).coldWallRatio());
  }

  @Test
  void theTableOfColdAndWarmRunsHasARowForEachProgram() {
    String text = ReportText.of(coldReport());
    assertTrue(
        text.contains(
            """
            | program        | qemu cold | qemu warm | hospes cold | hospes warm | cold ratio | warm ratio | speed | CPU ratio |
            |----------------|----------:|----------:|------------:|------------:|-----------:|-----------:|------:|----------:|
            | one            |      3.00 |      2.00 |        6.00 |        1.00 |       2.00 |       0.50 | 2.00x |      2.00 |
            | two            |      3.00 |      2.00 |        6.00 |        1.00 |       2.00 |       0.50 | 2.00x |      2.00 |
            | geometric mean |           |           |             |             |       2.00 |       0.50 | 2.00x |      2.00 |

            hospes is slower than qemu, warm: nowhere
            """),
        text);
  }

  @Test
  void aReportOfColdAndWarmRunsSurvivesJson(@TempDir Path folder) throws Exception {
    assertEquals(coldReport(), ReportFile.read(ReportFile.write(coldReport(), folder)));
  }

  @Test
  void aReportSurvivesJson(@TempDir Path folder) throws Exception {
    Path file = ReportFile.write(report(), folder.resolve("results"));
    assertEquals("compute-20261123T010203Z.json", file.getFileName().toString());
    assertEquals(report(), ReportFile.read(file));
  }

  @Test
  void anUncountedWorkloadSaysNothingAboutInstructions(@TempDir Path folder) throws Exception {
    Workload boot =
        Workload.of(
            "debian", "boot", OptionalLong.empty(), Map.of(QEMU, List.of(new Sample(1, 1))));
    Report all = report();
    Report report =
        new Report(
            "boot",
            all.date(),
            1,
            "qemu",
            all.settings(),
            all.host(),
            all.emulators(),
            List.of(boot),
            Total.of(List.of(boot)));
    String json = Files.readString(ReportFile.write(report, folder));
    assertTrue(json.contains("\"wallRatio\" : 1.0"), json);
    assertTrue(!json.contains("instructions") && !json.contains("mips"), json);
  }

  @Test
  void theTableNamesMachineVersionsAndFigures() {
    String text = ReportText.of(report());
    assertTrue(
        text.startsWith(
            """
            compute, 2026-11-23T01:02:03Z, 2 rounds in turns
            A Processor, 2 cores, Linux 6 amd64; load 0.10 before, 1.20 after
            qemu: QEMU 7.2
            hospes: hospes 0.1
            scale: 1
            ratio: median / median of qemu

            """),
        text);
    assertTrue(
        text.contains(
            "| two            | hospes   |    16.00 | 16.00 | 16.00 |  8.00 |  1.50 |      3.00 |"
                + "      400 |   25 |\n"),
        text);
    assertTrue(text.contains("| geometric mean | hospes   |          |       |       |  4.00 |"));
  }
}
