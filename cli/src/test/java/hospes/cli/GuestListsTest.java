package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lists say to people and to programs.
@Timeout(60)
class GuestListsTest {
  @TempDir private Path folder;

  private static JsonNode json(String text) throws Exception {
    JsonNode array = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    assertTrue(array.isArray(), text);
    return array;
  }

  private static List<String> keys(JsonNode item) {
    List<String> keys = new ArrayList<>();
    item.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void psSaysWhatAGuestIsAndSinceWhen() throws Exception {
    Instant before = Instant.now();
    try (ExposedGuest w = new ExposedGuest(folder)) {
      String fork = w.run("fork", "w").strip();
      String table = w.run("ps");
      assertTrue(table.lines().anyMatch(line -> line.matches("w +running .* \\d+s +hello")), table);
      assertTrue(
          table.lines().anyMatch(line -> line.matches(fork + " +running .* \\d+s +hello")), table);
      JsonNode guests = json(w.run("ps", "--json"));
      assertEquals(2, guests.size());
      assertEquals(
          List.of("name", "state", "label", "started", "pid", "board", "harts", "memory"),
          keys(guests.get(0)));
      assertEquals("hello", guests.get(1).path("label").asText());
      Instant started = Instant.parse(guests.get(0).path("started").asText());
      assertFalse(started.isBefore(before));
      assertFalse(started.isAfter(Instant.now()));
      w.run("kill", "w");
      w.run("kill", fork);
      while (w.run("ps", "--json").contains("\"w\"")) {
        Thread.onSpinWait(); // its record is written
      }
      JsonNode ended = json(w.run("ps", "-a", "--json")).get(0);
      assertEquals("stopped", ended.path("state").asText());
      assertEquals("hello", ended.path("label").asText());
      assertEquals("killed", ended.path("reason").asText());
      assertEquals(3, ended.path("exit-code").asInt());
      assertTrue(w.run("ps", "-a").contains("hello: killed, exit code 3"));
    }
  }

  /// A fork has its parent's instructions, and none of the time that they took.
  @Test
  void ratesAreThoseOfTheLastSecond() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      w.guest().console().send("fib 27\r"); // some work
      w.guest().console().expect("hello> ");
      String fork = w.run("fork", "w").strip();
      JsonNode guests = json(w.run("stats", "--json"));
      assertEquals(2, guests.size());
      for (JsonNode guest : guests) {
        assertEquals(
            List.of(
                "name",
                "state",
                "label",
                "pid",
                "processors",
                "instructions-per-second",
                "instructions",
                "cpu-nanoseconds",
                "resident",
                "own",
                "memory",
                "host"),
            keys(guest));
        assertTrue(guest.path("processors").asDouble(9) < 1.1, guest.toString());
        double speed = guest.path("instructions-per-second").asDouble(0);
        assertTrue(speed < 2e10, guest.toString());
      }
      w.run("pause", fork);
      String table = w.run("stats");
      assertTrue(
          table.lines().anyMatch(line -> line.matches(fork + " +paused +0\\.0% +- .*")), table);
    }
  }

  @Test
  void imagesAndTheirTemplatesAreListedAndTemplatesRemoved() throws Exception {
    Path templates =
        Files.createDirectories(folder.resolve(".cache/hospes/templates").resolve("debian"));
    Files.writeString(templates.resolve("0-0.template"), "no template");
    Shell shell = new Shell(folder);
    String table = shell.run("images").out();
    assertTrue(
        table.lines().anyMatch(line -> line.matches("debian +11 B +\\S+ +cannot be used")), table);
    JsonNode all = json(shell.run("images", "--json").out());
    List<String> kinds = new ArrayList<>();
    all.forEach(item -> kinds.add(item.path("name").asText() + " " + item.path("kind").asText()));
    assertEquals(List.of("hello built-in", "debian absent", "debian template"), kinds);
    assertEquals(11, all.get(2).path("size").asInt());
    assertEquals(ExitCode.SUCCESS, shell.run("rmi", "--templates", "debian").exitCode());
    assertFalse(Files.exists(templates));
    assertFalse(shell.run("images").out().contains("TEMPLATE"));
    Shell.Result none = shell.run("rmi", "--templates", "debian");
    assertEquals(ExitCode.FAILURE, none.exitCode());
    assertTrue(none.err().contains("hospes images"), none.err());
  }

  @Test
  void theDoctorsFindingsHaveNames() throws Exception {
    JsonNode findings = json(new Shell(folder).run("doctor", "--json").out());
    List<String> names = new ArrayList<>();
    for (JsonNode finding : findings) {
      assertEquals(List.of("name", "status", "text"), keys(finding));
      assertTrue(
          List.of("ok", "warning", "error").contains(finding.path("status").asText()),
          finding.toString());
      names.add(finding.path("name").asText());
    }
    assertTrue(names.containsAll(List.of("Java", "memory", "cache", "terminal")), names.toString());
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "119, 119s", "120, 2m", "7199, 119m", "7200, 2h", "172800, 2d", "-5, 0s"})
  void agesHaveOneUnit(long seconds, String text) {
    assertEquals(text, Ages.of(Duration.ofSeconds(seconds)));
  }
}
