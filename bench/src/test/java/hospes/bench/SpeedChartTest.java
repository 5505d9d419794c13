package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Runs;
import hospes.bench.Report.Total;
import hospes.bench.Report.Workload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class SpeedChartTest {
  private static final Emulator QEMU = new Emulator.Qemu(Path.of("/usr/bin/qemu"));
  private static final Emulator HOSPES = new Emulator.Hospes("hospes", Path.of("/src"), "");

  private static Runs runs(double cold, double warm) {
    return new Runs(new Sample(cold, 1), List.of(new Sample(warm, 1)));
  }

  private static Workload workload(String name, Runs qemu, Runs hospes) {
    Map<Emulator, List<Runs>> boots = new LinkedHashMap<>();
    boots.put(QEMU, List.of(qemu));
    boots.put(HOSPES, List.of(hospes));
    return Workload.ofRuns(name, "a program", boots);
  }

  private static Report report(int emulators, Workload... workloads) {
    List<Contender> contenders =
        List.of(
            new Contender("qemu", "QEMU 7.2", "qemu", Map.of()),
            new Contender("hospes", "hospes 0.1", "hospes", Map.of()));
    return new Report(
        "compute",
        "2026-11-23T01:02:03Z",
        1,
        "qemu",
        Map.of(),
        new HostFacts("A <fast> & \"good\" processor", 2, "Linux 6 amd64", "0.10", "1.20"),
        contenders.subList(0, emulators),
        List.of(workloads),
        Total.of(List.of(workloads)));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  /// The rectangles of a class.
  private static List<Element> bars(Document svg, String look) {
    NodeList all = svg.getElementsByTagName("rect");
    List<Element> bars = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element rectangle = (Element) all.item(i);
      if (rectangle.getAttribute("class").equals(look)
          && rectangle.getAttribute("height").equals("10")
          && !rectangle.getAttribute("width").equals("14")) {
        bars.add(rectangle);
      }
    }
    return bars;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void theDescriptionNamesEveryFigure() throws Exception {
    Document svg =
        parsed(
            SpeedChart.svg(
                report(
                    2,
                    workload("one", runs(1, 1), runs(2, 0.5)),
                    workload("two", runs(1, 1), runs(2, 0.125)))));
    assertEquals("img", svg.getDocumentElement().getAttribute("role"));
    assertEquals(
        "Times as fast as qemu. one: 2.00×, first run 0.50×; two: 8.00×, first run 0.50×;"
            + " geometric mean: 4.00×, first run 0.50×.",
        svg.getElementsByTagName("desc").item(0).getTextContent());
    assertTrue(svg.getDocumentElement().getTextContent().contains("A <fast> & \"good\" processor"));
  }

  @Test
  void twiceAsFastAndHalfAsFastAreEquallyLongAndOnOppositeSides() throws Exception {
    Document svg = parsed(SpeedChart.svg(report(2, workload("one", runs(1, 1), runs(2, 0.5)))));
    Element warm = bars(svg, "fast").getFirst();
    Element cold = bars(svg, "slow cold").getFirst();
    assertEquals(number(warm, "width"), number(cold, "width"), 0.02);
    assertTrue(number(warm, "width") > 50);
    assertEquals(number(warm, "x"), number(cold, "x") + number(cold, "width"), 0.02);
  }

  @Test
  void barsOfAnySpeedStayInThePicture() throws Exception {
    Document svg = parsed(SpeedChart.svg(report(2, workload("one", runs(1, 1), runs(700, 0.003)))));
    Element warm = bars(svg, "fast").getFirst();
    Element cold = bars(svg, "slow cold").getFirst();
    assertTrue(number(cold, "x") > 0);
    assertTrue(number(warm, "x") + number(warm, "width") < 760);
  }

  @Test
  void aSingleEmulatorCannotBeCompared() {
    Map<Emulator, List<Runs>> boots = Map.of(QEMU, List.of(runs(1, 1)));
    Report report = report(1, Workload.ofRuns("one", "a program", boots));
    assertThrows(BenchFailure.class, () -> SpeedChart.svg(report));
  }
}
