package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user can see of the engine, with the `hello` guest on the real machine.
@Timeout(120)
class EngineOptionsTest {
  private static final String[] HELLO = {
    "run", "hello", "--clock", "virtual", "--memory", "16M", "--engine", "translator"
  };

  @TempDir private Path folder;

  private Shell.Result hello(String... more) {
    String[] arguments = Stream.of(HELLO, more).flatMap(Stream::of).toArray(String[]::new);
    return new Shell(folder).typing("fib 20\npoweroff\n").run(arguments);
  }

  private static String figure(Shell.Result result, String name) {
    return result
        .err()
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing in\n" + result.err()));
  }

  private static long count(Shell.Result result, String name) {
    return Long.parseLong(figure(result, name).split("[ ,]", -1)[0]);
  }

  @Test
  void statisticsOfTheTiersAddUp() {
    Shell.Result result = hello("--stats");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    long instructions = count(result, "instructions");
    long inRegions = count(result, "in regions");
    assertEquals(instructions, count(result, "interpreted") + inRegions);
    assertTrue(inRegions > instructions / 2, result.err());
    assertEquals(
        count(result, "regions made"),
        count(result, "regions in use") + count(result, "regions improved"),
        result.err());
    assertTrue(count(result, "regions improved") > 0, result.err());
    assertTrue(
        figure(result, "translating")
            .matches("[0-9.]+ s, [1-9][0-9]* guest instructions to [1-9][0-9]* bytes of bytecode"),
        result.err());
    long left =
        result
            .err()
            .lines()
            .filter(line -> line.startsWith("region runs ended, "))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    assertEquals(
        count(result, "region runs"), left + count(result, "region runs into the next region"));
    assertTrue(count(result, "region runs ended, trap") > 0, "hello touches a missing page");
  }

  @Test
  void theInterpreterAloneMakesNoRegions() {
    Shell.Result result =
        new Shell(folder)
            .typing("poweroff\n")
            .run("run", "hello", "--clock", "virtual", "--engine", "interpreter", "--stats");
    assertEquals("0 (0.0%)", figure(result, "in regions"));
    assertEquals(0, count(result, "regions made"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "dump:%s/regions"})
  void debuggingTranslationsChangesNothingForTheGuest(String debug) {
    Shell.Result plain = hello("--stats");
    Shell.Result debugged = hello("--stats", "--engine-debug=" + debug.formatted(folder));
    assertEquals(plain.guest(), debugged.guest());
    assertEquals(figure(plain, "instructions"), figure(debugged, "instructions"));
    assertEquals(figure(plain, "state"), figure(debugged, "state"));
  }

  @Test
  void theTraceHasALineForEverythingThatHappensToARegion() throws IOException {
    Path trace = folder.resolve("trace");
    Shell.Result result = hello("--stats", "--trace-regions", trace.toString());
    List<String> lines = Files.readAllLines(trace);
    List<String> made = lines.stream().filter(line -> line.startsWith("made\t")).toList();
    assertEquals(count(result, "regions made"), made.size());
    for (String line : made) {
      assertTrue(
          line.matches("made\t80[0-9a-f]+\t[0-9a-f]+\t[1-9]\\d*\t[1-9]\\d*\t\\d+\t80[0-9a-f,]+"),
          line);
      String entry = line.split("\t", -1)[1];
      assertTrue(lines.contains("installed\t" + entry), entry);
    }
    assertTrue(
        lines.stream()
            .filter(line -> !line.startsWith("#"))
            .allMatch(line -> line.matches("(made|installed|invalidated|dropped)\t80.*")),
        "a line of another kind");
  }

  @Test
  void theDumpHasAClassFileAndAListingOfEachRegion() throws IOException {
    Path regions = folder.resolve("deep/regions");
    Shell.Result result = hello("--stats", "--engine-debug=dump:" + regions);
    List<Path> files;
    try (Stream<Path> all = Files.list(regions)) {
      files = all.sorted().toList();
    }
    assertEquals(2 * count(result, "regions made"), files.size());
    for (int i = 0; i < files.size(); i += 2) {
      byte[] start = Files.readAllBytes(files.get(i));
      assertEquals((byte) 0xca, start[0], files.get(i) + " is no class file");
      assertTrue(files.get(i).toString().endsWith(".class"));
      assertTrue(Files.readString(files.get(i + 1)).contains("entry at virtual address 0x"));
    }
    Path first = files.get(1);
    assertTrue(
        Files.readString(first).lines().skip(4).findFirst().orElseThrow().startsWith("   5  "),
        "the first instruction stands on the line that it names");
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeTheGuestStarts() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (String option :
        new String[] {
          "--trace-regions=" + folder.resolve("none/trace"),
          "--trace-regions=" + folder,
          "--engine-debug=dump:" + file,
          "--engine-debug=dump:" + file + "/below"
        }) {
      Shell.Result result = hello(option);
      assertEquals(ExitCode.FAILURE, result.exitCode(), option);
      assertTrue(result.err().contains("cannot be written"), result.err());
      assertFalse(result.err().contains("internal error"), result.err());
      assertEquals("", result.guest());
    }
  }

  @Test
  void theOptionsReachTheEngine() {
    String spliced = figure(hello("--stats"), "translating");
    String calling = figure(hello("--stats", "--engine-debug=calls"), "translating");
    assertTrue(bytecode(calling) < bytecode(spliced), calling + "; " + spliced);
  }

  private static long bytecode(String translating) {
    return Long.parseLong(translating.replaceFirst(".* to (\\d+) bytes of bytecode", "$1"));
  }
}
