package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    assertEquals(1, workload.results().get(0).wallRatio());
    assertEquals(2, workload.results().get(1).wallRatio());
    assertEquals(3, workload.results().get(1).cpuRatio());
  }

  @Test
  void speedIsInstructionsPerSecondOfTheMedianRun() {
    assertEquals(200.0, workload("one", 1, 2).results().get(1).mips());
  }

  @Test
  void totalIsTheGeometricMeanOverTheWorkloads() {
    assertEquals(4.0, report().summary().get(1).wallRatio(), 1e-12);
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
