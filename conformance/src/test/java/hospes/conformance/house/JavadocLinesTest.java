package hospes.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Javadoc stays Javadoc: the formatter tears `///` lines of more than 100 columns, and what it has
/// torn does not come into the build.
final class JavadocLinesTest {
  @Test
  void noJavadocIsTorn() throws IOException {
    List<Path> files = SourceFiles.all();
    assertTrue(files.size() > 500, "only " + files.size() + " files");
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      faults.addAll(JavadocLines.faults(file.toString(), Files.readAllLines(file)));
    }
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
  }

  @Test
  void theRestOfATornLineIsFound() {
    assertEquals(
        List.of("Torn.java:2: a // line directly behind a /// line"),
        JavadocLines.faults(
            "Torn.java",
            List.of(
                "  /// A line that was too", "  // long,", "  /// and goes on.", "  void f();")));
  }

  @Test
  void aLineThatTheFormatterWouldTearIsFound() {
    String fits = "  /// " + "x".repeat(94);
    assertEquals(
        List.of("Long.java:2: a /// line of 101 columns"),
        JavadocLines.faults("Long.java", List.of(fits, fits + "x", "  void f();")));
  }

  @Test
  void otherCommentsMayStandBesideJavadoc() {
    assertEquals(
        List.of(),
        JavadocLines.faults(
            "Whole.java",
            List.of(
                "// Why this is so.",
                "/// What it is.",
                "///",
                "/// More of it.",
                "final class Whole {",
                "  // " + "x".repeat(110),
                "  /// What it does.",
                "  void f() { // how",
                "    // why",
                "  }",
                "}")));
  }
}
