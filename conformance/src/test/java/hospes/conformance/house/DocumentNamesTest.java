package hospes.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// ARCHITECTURE.md names only what there is.
final class DocumentNamesTest {
  private static final Path DOCUMENT = Path.of("..", "ARCHITECTURE.md");

  /// Names of types that are in no source, and why they may stand in the document.
  private static final Map<String, String> OTHERS =
      Map.of(
          "RiscvDecoder", "generated from RiscvArchitecture",
          "RiscvInterpreter", "generated from RiscvArchitecture",
          "RiscvInstructions", "generated from RiscvArchitecture",
          "RiscvOperations", "generated from RiscvArchitecture",
          "MemorySegment", "the JDK's",
          "ServiceLoader", "the JDK's",
          "Unsafe", "the JDK's");

  @Test
  void whatTheArchitectureNamesIsThere() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    List<DocumentNames.Name> names = DocumentNames.in(lines);
    assertTrue(names.size() > 100, "only " + names.size() + " names");
    JavaNames java = JavaNames.of(SourceFiles.all());
    List<String> missing = new ArrayList<>();
    for (DocumentNames.Name name : names) {
      if (!OTHERS.containsKey(name.type()) && !java.has(name)) {
        missing.add("ARCHITECTURE.md:" + name.line() + ": there is no " + text(name));
      }
    }
    assertEquals(List.of(), missing, () -> String.join("\n", missing));
    assertEquals(List.of(), DocumentNames.openSpans(lines), "lines in which a code span is open");
  }

  private static String text(DocumentNames.Name name) {
    String members = name.members().isEmpty() ? "" : "." + String.join(".", name.members());
    return (name.place().isEmpty() ? "" : name.place() + ".") + name.type() + members;
  }

  @Test
  void noExceptionIsThereForNothing() throws IOException {
    TreeSet<String> unused = new TreeSet<>(OTHERS.keySet());
    DocumentNames.in(Files.readAllLines(DOCUMENT)).forEach(name -> unused.remove(name.type()));
    assertEquals(List.of(), List.copyOf(unused));
  }

  @Test
  void namesAreFoundInSpansAndBlocks() {
    List<String> document =
        List.of(
            "A `Door`, a `Door.open`, `hospes.house.Door#close(int)` and `@Door`; no `door`, Door,",
            "`DOOR`, `a Door`, or `new Door()`.",
            "```",
            "any Door ─► BackDoor.open, FrontDoor",
            "```");
    assertEquals(
        List.of(
            new DocumentNames.Name(1, "", "Door", List.of()),
            new DocumentNames.Name(1, "", "Door", List.of("open")),
            new DocumentNames.Name(1, "hospes.house", "Door", List.of("close")),
            new DocumentNames.Name(1, "", "Door", List.of()),
            new DocumentNames.Name(4, "", "BackDoor", List.of("open")),
            new DocumentNames.Name(4, "", "FrontDoor", List.of())),
        DocumentNames.in(document));
  }

  @Test
  void aSpanOverTwoLinesIsFound() {
    assertEquals(
        List.of(1, 2),
        DocumentNames.openSpans(List.of("a `Door", "or window` and", "```", "it`s", "```")));
  }

  @Test
  void whatIsNotDeclaredIsMissed() {
    JavaNames java = new JavaNames();
    java.add(
        """
        package hospes.house;

        /// class Comment
        final class Door {
          private final int width;

          enum Side {
            LEFT,
            RIGHT;
          }

          record Key(String teeth) {}

          int open(Door other) {
            int angle = other.knock();
            return width;
          }
        }
        """);
    assertTrue(has(java, "`Door`, `Door.open`, `Door.Side.LEFT`, `Door.Side.RIGHT`, `Side`"));
    assertTrue(has(java, "`Door.width`, `Door.Key.teeth`, `hospes.house.Door`"));
    for (String missing :
        List.of("`Window`", "`Comment`", "`Door.knock`", "`Door.close`", "`hospes.shed.Door`")) {
      assertTrue(!has(java, missing), missing);
    }
  }

  private static boolean has(JavaNames java, String text) {
    List<DocumentNames.Name> names = DocumentNames.in(List.of(text));
    assertTrue(!names.isEmpty(), text);
    return names.stream().allMatch(java::has);
  }
}
