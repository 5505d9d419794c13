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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The host knows no machine by name (DESIGN.md, law 8): outside the modules of machines and their
/// architectures, no code and no string names one. Comments may, as examples.
final class MachineNamesTest {
  private static final Path ROOT = Path.of("..");

  /// Modules that may name machines: the machines, an architecture, and tests over everything.
  private static final Set<Path> MAY =
      Set.of(
          ROOT.resolve("machines"),
          ROOT.resolve("riscv"),
          ROOT.resolve("test-kit"),
          ROOT.resolve("conformance"),
          ROOT.resolve("bench"));

  private static final Pattern NAMES =
      Pattern.compile("(?i)virt(?!io|ual|queue)|risc-?v|z-?machine|hospes\\.testkit|ToyKind");

  /// What else the words stand for, by the part of the line that says so, and why.
  private static final Map<String, String> REASONS =
      Map.of(
          "riscv64", "a name of Debian's, for an architecture of its packages",
          "\"riscv,clint0\"", "a name that device trees have for a device",
          "\"riscv,plic0\"", "a name that device trees have for a device",
          "MACHINE_RISCV", "a number that ELF files have for an architecture");

  @Test
  void noMachineIsNamed() throws IOException {
    List<String> named = new ArrayList<>();
    Set<String> reasons = new HashSet<>();
    int files = 0;
    for (Path file : SourceFiles.all()) {
      if (MAY.stream().noneMatch(file::startsWith) && !file.toString().contains("/src/test/")) {
        files++;
        named.addAll(names(file.toString(), Files.readString(file), reasons));
      }
    }
    assertTrue(files > 200, "only " + files + " files");
    assertEquals(List.of(), named, () -> String.join("\n", named));
    assertEquals(REASONS.keySet(), reasons, "reasons that are none any more");
  }

  private static List<String> names(String file, String source, Set<String> reasons) {
    List<String> named = new ArrayList<>();
    int number = 0;
    for (String line : CodeText.of(source).lines().toList()) {
      number++;
      Matcher name = NAMES.matcher(line);
      if (name.find()) {
        String rest = line;
        for (String reason : REASONS.keySet()) {
          if (line.contains(reason)) {
            reasons.add(reason);
            rest = rest.replace(reason, "");
          }
        }
        if (NAMES.matcher(rest).find()) {
          named.add("%s:%d: %s".formatted(file, number, line.strip()));
        }
      }
    }
    return named;
  }

  @Test
  void namesInCodeAndStringsAreFound() {
    String source =
        """
        /// A virt board. /* riscv */
        final class VirtThing { // zmachine
          String virtual = "virtio"; /* Z-machine
          RISC-V */ String two = "a // \\"RISC-V computer";
          int zMachine;
        }
        """;
    assertEquals(
        List.of(
            "A.java:2: final class VirtThing {",
            "A.java:4: String two = \"a // \\\"RISC-V computer\";",
            "A.java:5: int zMachine;"),
        names("A.java", source, new HashSet<>()));
  }
}
