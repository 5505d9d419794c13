package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Description;
import hospes.host.HostException;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.testkit.TinyStory;
import hospes.zmachine.ZStory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ZStoryTest {
  private static final Outcome.Ending PLAYED = new Outcome.Ending.PoweredOff(0);

  @TempDir private Path folder;

  private static ZStory story() {
    return ZStory.of("key.z5", TinyStory.saving());
  }

  private static Guest start(Host host, ZStory story) {
    return host.start(story.plan(), Treatment.usual().clock(ClockMode.VIRTUAL));
  }

  /// Types keys, each in a line, and waits until the story has read them.
  private static void type(Guest guest, String keys) throws InterruptedException {
    for (char key : keys.toCharArray()) {
      guest.console().send(key + "\n");
      guest.console().expect(key + ">");
    }
  }

  private static String hash(Guest guest) throws InterruptedException {
    return guest.look(Snapshot::hash);
  }

  @Test
  void aStoryIsPlayedToItsEnd() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      type(guest, "abc");
      guest.console().send("q\n");
      assertEquals(PLAYED, guest.await().ending());
      assertEquals("zmachine", guest.description().kind());
      assertEquals(Description.ConsoleStyle.LINES, guest.description().console());
    }
  }

  @Test
  void aStoryWhoseInputEndsHasBeenPlayed() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      guest.console().input().end();
      assertEquals(PLAYED, guest.await().ending());
    }
  }

  @Test
  void aStorySavesInItsFolderAndNowhereElse() throws Exception {
    Path saves = Files.createDirectory(folder.resolve("saves"));
    try (Host host = Host.open();
        Guest guest = start(host, story().savesIn(saves.toString()))) {
      for (String name : List.of("../out", "/tmp/out", "..", ".hidden", "a/b", "in")) {
        guest.console().send("s\n");
        guest.console().expect("[");
        guest.console().send(name + "\n");
        guest.console().expect(">");
      }
      type(guest, "a");
    }
    assertEquals(List.of("in", "saves"), namesBelow(folder));
  }

  private static List<String> namesBelow(Path top) throws IOException {
    try (var all = Files.walk(top)) {
      return all.skip(1).map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsTypedIsWrittenDown() throws Exception {
    Path script = folder.resolve("script");
    try (Host host = Host.open();
        Guest guest =
            start(host, story().savesIn(folder.toString()).scriptOut(script.toString()))) {
      type(guest, "a");
      guest.console().send("s\n");
      guest.console().expect("[key.qzl]");
      guest.console().send("x\n");
      guest.console().expect(">");
      guest.console().send("q\n");
      guest.await();
      assertEquals(List.of(), guest.portFailures());
    }
    assertEquals(List.of("a", "s", "x", "q"), Files.readAllLines(script));
  }

  @Test
  void aSnapshotGoesOnInAnotherHostWithAnEqualState() throws InterruptedException {
    Path file = folder.resolve("snapshot");
    String expected;
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      type(guest, "ab");
      guest.snapshot(file);
      type(guest, "cd");
      expected = hash(guest);
    }
    try (Host host = Host.open();
        Guest guest = host.restore(file)) {
      assertEquals("zmachine", guest.description().kind());
      type(guest, "cd");
      assertEquals(expected, hash(guest));
      assertTrue(guest.console().text().endsWith("c>d>"), guest.console().text());
    }
  }

  @Test
  void aForkGoesItsOwnWay() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      type(guest, "a");
      String before = hash(guest);
      try (Guest same = guest.fork(1, IdentityChoice.SAME).getFirst();
          Guest other = guest.fork()) {
        assertEquals(before, hash(same));
        type(other, "x");
        assertEquals(before, hash(guest));
        type(same, "b");
        type(guest, "b");
        assertEquals(hash(guest), hash(same));
        assertNotEquals(hash(guest), hash(other));
      }
    }
  }

  @Test
  void aResetBeginsTheStoryAnew() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      guest.console().expect(">");
      String begun = hash(guest);
      type(guest, "abc");
      guest.reset();
      guest.console().expect(">");
      assertEquals(begun, hash(guest));
    }
  }

  @Test
  void pausedStoriesTellTheirFigures() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = start(host, story())) {
      type(guest, "a");
      guest.pause();
      assertEquals(GuestState.PAUSED, guest.stats().state());
      assertTrue(guest.stats().instructions() > 0);
      guest.resume();
      type(guest, "b");
    }
  }

  @Test
  void filesThatAreNoStorySayWhy() {
    byte[] story = TinyStory.saving();
    assertFails(Arrays.copyOf(story, 900), "truncated");
    assertFails(TinyStory.ofVersion(6), "version 6");
    assertFails("hello".getBytes(StandardCharsets.US_ASCII), "not a story file");
  }

  private static void assertFails(byte[] file, String why) {
    try (Host host = Host.open()) {
      HostException e =
          assertThrows(HostException.class, () -> start(host, ZStory.of("a.z5", file)));
      assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }
  }

  @Test
  void aSnapshotOfAnUnknownMachineNamesIt() throws SnapshotFileException {
    Path file = folder.resolve("snapshot");
    save(file, "abacus", List.of());
    try (Host host = Host.open()) {
      HostException e = assertThrows(HostException.class, () -> host.restore(file));
      assertTrue(String.valueOf(e.getMessage()).contains("'abacus'"), e.getMessage());
    }
  }

  @Test
  void aSnapshotWithoutItsStoryIsRefused() throws SnapshotFileException {
    Path file = folder.resolve("snapshot");
    save(file, "zmachine", List.of());
    try (Host host = Host.open()) {
      assertThrows(HostException.class, () -> host.restore(file));
    }
  }

  private static void save(Path file, String machine, List<StateRecord> records)
      throws SnapshotFileException {
    SnapshotFile.save(
        file,
        new SnapshotHeader(machine, "1", 4096, 1, "x"),
        records,
        List.of(),
        new NoPages(),
        Compression.ZSTD);
  }
}
