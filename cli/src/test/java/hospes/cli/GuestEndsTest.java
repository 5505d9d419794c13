package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.control.Json;
import hospes.host.guest.Guest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `wait` and `events`.
@Timeout(60)
class GuestEndsTest {
  @TempDir private Path folder;

  private CompletableFuture<Shell.Result> later(String... arguments) {
    return CompletableFuture.supplyAsync(() -> new Shell(folder).run(arguments));
  }

  @Test
  void waitEndsWithTheGuestAndItsExitCode() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      Guest second = w.expose("second");
      second.console().expect("hello> ");
      CompletableFuture<Shell.Result> waits = later("wait", "w", "second");
      second.console().send("poweroff\r");
      second.await();
      w.run("kill", "w");
      Shell.Result result = waits.get(30, TimeUnit.SECONDS);
      assertEquals(
          List.of("w: killed, exit code 3", "second: powered off, exit code 3"),
          result.out().lines().toList());
      assertEquals(3, result.exitCode());
      while (w.run("ps").contains("\nw ")) {
        Thread.onSpinWait(); // its record is written
      }
      assertEquals("w: killed, exit code 3", waitsNoMore("w"));
      assertTrue(w.fails(ExitCode.FAILURE, "wait", "nobody").contains("hospes ps -a"));
    }
  }

  private String waitsNoMore(String name) {
    Shell.Result result = new Shell(folder).run("wait", name);
    assertEquals(3, result.exitCode(), result.err());
    return result.out().strip();
  }

  @Test
  void eventsAreToldInOrderToTheEnd() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      Shell following = new Shell(folder);
      CompletableFuture<Shell.Result> events =
          CompletableFuture.supplyAsync(() -> following.run("events", "w"));
      // Until it listens, what happens is not told.
      while (following.printed().isEmpty()) {
        w.run("pause", "w");
        w.run("resume", "w");
      }
      w.run("pause", "w");
      w.run("resume", "w");
      String fork = w.run("fork", "w").strip();
      w.run("kill", "w");
      List<String> told = new ArrayList<>();
      for (String line : events.get(30, TimeUnit.SECONDS).out().lines().toList()) {
        JsonNode event = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        assertTrue(Instant.parse(event.path("time").asText()).isBefore(Instant.now()));
        assertEquals("w", event.path("name").asText());
        told.add(event.path("event").asText());
        if (event.path("event").asText().equals("forked")) {
          assertEquals(fork, event.path("fork").asText());
        }
        if (event.path("event").asText().equals("ended")) {
          assertEquals(3, event.path("exit-code").asInt());
          assertEquals("killed", event.path("reason").asText());
        }
      }
      assertEquals(
          List.of("paused", "resumed", "forked", "ended"),
          told.subList(told.size() - 4, told.size()));
      assertTrue(w.fails(ExitCode.FAILURE, "events", "nobody").contains("hospes ps -a"));
    }
  }

  @Test
  void guestsThatComeLaterAreToldOfToo() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      Shell following = new Shell(folder);
      Thread events = Thread.ofPlatform().daemon().start(() -> following.run("events"));
      while (!following.printed().contains("\"paused\"")) {
        w.run("pause", "w");
        w.run("resume", "w");
      }
      String fork = w.run("fork", "w").strip();
      await(following, "\"event\":\"started\",\"name\":\"" + fork + "\",\"label\":\"hello\"");
      w.run("kill", fork);
      await(following, "\"event\":\"ended\",\"name\":\"" + fork + "\"");
      w.run("kill", "w");
      await(following, "\"event\":\"ended\",\"name\":\"w\"");
      events.interrupt();
      events.join();
      assertEquals(2, following.printed().split("\"ended\"", -1).length - 1);
      assertEquals(1, following.printed().split("\"started\"", -1).length - 1);
    }
  }

  private static void await(Shell shell, String what) {
    while (!shell.printed().contains(what)) {
      Thread.onSpinWait();
    }
  }
}
