package hospes.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Only the command line words what is typed at it: below it, no text names an option or a command
/// of ours. What is refused there is a value, which `cli` puts into words.
final class CommandLineWordsTest {
  private static final Path ROOT = Path.of("..");

  /// The command line itself, and what only developers run.
  private static final List<Path> MAY =
      List.of(
          ROOT.resolve("cli"),
          ROOT.resolve("bench"),
          ROOT.resolve("conformance"),
          ROOT.resolve("test-kit"),
          ROOT.resolve("engine-processor"));

  /// An option, long or short, or a command.
  private static final Pattern TYPED =
      Pattern.compile("(?<![\\w-])--[a-z]|(?<=\\s)-[A-Za-z]\\b|\\bhospes [a-z]");

  /// Texts that name what is typed at other tools, and why.
  private static final Map<String, String> OTHERS =
      Map.of(
          "qemu-img convert -O qcow2", "QEMU converts images that we do not read",
          "qemu-img check -r all", "QEMU mends images that are damaged",
          "truncate -s", "coreutils make disks of a size",
          "cp -p", "a copy with its time, by which a disk is known again");

  @Test
  void noOptionAndNoCommandIsNamedBelowTheCommandLine() throws IOException {
    List<String> named = new ArrayList<>();
    Set<String> others = new HashSet<>();
    int files = 0;
    for (Path file : SourceFiles.all()) {
      if (MAY.stream().noneMatch(file::startsWith) && !file.toString().contains("/src/test/")) {
        files++;
        named.addAll(named(file.toString(), Files.readString(file), others));
      }
    }
    assertTrue(files > 200, "only " + files + " files");
    assertEquals(List.of(), named, () -> String.join("\n", named));
    assertEquals(OTHERS.keySet(), others, "other tools that nothing names any more");
  }

  private static List<String> named(String file, String source, Set<String> others) {
    List<String> named = new ArrayList<>();
    for (StringLiterals.Literal literal : StringLiterals.of(source)) {
      String rest = literal.text();
      for (String other : OTHERS.keySet()) {
        if (rest.contains(other)) {
          others.add(other);
          rest = rest.replace(other, "");
        }
      }
      if (TYPED.matcher(rest).find()) {
        named.add("%s:%d: %s".formatted(file, literal.line(), literal.text()));
      }
    }
    return named;
  }

  @Test
  void whatIsTypedIsFoundInTextsAlone() {
    String source =
        """
        /// Said with --memory; see "hospes ps".
        class A { // "--name"
          int depth = --top; /* "--swap" * */ char quote = '"';
          String one = "give it more --memory";
          String two = "a \\"quoted\\" word" + "; see: hospes ps -a";
          String three = \"""
              Choose with
              --mirror, or "not".
              \""";
          String four = "convert it with: qemu-img convert -O qcow2";
          String five = "x-hospes-inspect, a well-known -- and a-b";
          String six = "-c";
          String seven = "truncate -s 1G, or with -c";
          String others = "cp -p qemu-img check -r all";
        }
        """;
    Set<String> others = new HashSet<>();
    assertEquals(
        List.of(
            "A.java:4: give it more --memory",
            "A.java:5: ; see: hospes ps -a",
            "A.java:6: \n      Choose with\n      --mirror, or \"not\".\n      ",
            "A.java:13: truncate -s 1G, or with -c"),
        named("A.java", source, others));
    assertEquals(OTHERS.keySet(), others);
  }
}
