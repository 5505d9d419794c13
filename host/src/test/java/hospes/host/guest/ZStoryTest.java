package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.PageSource;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.host.HostException;
import hospes.host.ports.StoryFolder;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ZStoryTest {
  private static final Outcome.Ending PLAYED = new Outcome.Ending.PoweredOff(0);

  @TempDir private Path folder;

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
        Guest guest = host.start(KeyStory.plan())) {
      type(guest, "abc");
      guest.console().send("q\n");
      assertEquals(PLAYED, guest.await().ending());
      assertEquals("zmachine", guest.description().board());
      assertEquals(ConsoleStyle.LINES, guest.description().console());
    }
  }

  @Test
  void aStoryWhoseInputEndsHasBeenPlayed() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = host.start(KeyStory.plan())) {
      guest.console().input().end();
      assertEquals(PLAYED, guest.await().ending());
    }
  }

  @Test
  void aStorySavesInItsFolderAndNowhereElse() throws Exception {
    Path saves = Files.createDirectory(folder.resolve("saves"));
    try (Host host = Host.open();
        Guest guest = host.start(KeyStory.plan().savesIn(saves))) {
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
  void aLinkInTheFolderLeadsNowhere() throws IOException {
    Path saves = Files.createDirectory(folder.resolve("saves"));
    Path outside = Files.writeString(folder.resolve("outside"), "mine");
    Files.createSymbolicLink(saves.resolve("link"), outside);
    StoryFolder files = new StoryFolder(saves, command -> {});
    assertFalse(files.exists("link"));
    assertThrows(IOException.class, () -> files.read("link"));
    assertThrows(IOException.class, () -> files.write("link", new byte[1]));
    assertThrows(IOException.class, () -> files.append("link", new byte[1]));
    assertThrows(IOException.class, () -> files.read("../outside"));
    assertThrows(IOException.class, () -> files.write("../outside", new byte[1]));
    assertEquals("mine", Files.readString(outside));
  }

  @Test
  void filesOfAFolderKeepWhatIsWritten() throws IOException {
    StoryFolder files = new StoryFolder(folder, command -> {});
    files.write("a", new byte[] {1});
    files.append("a", new byte[] {2});
    assertArrayEquals(new byte[] {1, 2}, files.read("a"));
    IOException e = assertThrows(IOException.class, () -> files.read("none"));
    assertEquals("cannot read none: there is no such file", e.getMessage());
  }

  @Test
  void whatIsTypedIsHandedOver() throws InterruptedException {
    List<String> typed = new ArrayList<>();
    try (Host host = Host.open();
        Guest guest = host.start(KeyStory.plan().savesIn(folder).recordedBy(typed::add))) {
      type(guest, "a");
      guest.console().send("s\n");
      guest.console().expect("[key.qzl]");
      guest.console().send("x\n");
      guest.console().expect(">");
      guest.console().send("q\n");
      guest.await();
    }
    assertEquals(List.of("a", "s", "x", "q"), typed);
  }

  @Test
  void aSnapshotGoesOnInAnotherHostWithAnEqualState() throws InterruptedException {
    Path file = folder.resolve("snapshot");
    String expected;
    try (Host host = Host.open();
        Guest guest = host.start(KeyStory.plan())) {
      type(guest, "ab");
      guest.snapshot(file);
      type(guest, "cd");
      expected = hash(guest);
    }
    try (Host host = Host.open();
        Guest guest = host.restore(file)) {
      assertEquals("zmachine", guest.description().board());
      type(guest, "cd");
      assertEquals(expected, hash(guest));
      assertTrue(guest.console().text().endsWith("c>d>"), guest.console().text());
    }
  }

  @Test
  void aForkGoesItsOwnWay() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = host.start(KeyStory.plan())) {
      type(guest, "a");
      String before = hash(guest);
      try (Guest same = guest.fork(1, ForkIdentity.SAME_ENTROPY).getFirst();
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
        Guest guest = host.start(KeyStory.plan())) {
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
        Guest guest = host.start(KeyStory.plan())) {
      type(guest, "a");
      guest.pause();
      assertEquals(GuestState.PAUSED, guest.stats().state());
      assertTrue(guest.stats().instructions() > 0);
      guest.resume();
      type(guest, "b");
    }
  }

  @Test
  void filesThatAreNoStorySayWhy() throws IOException {
    assertFails(folder.resolve("none"), "does not exist");
    byte[] story = KeyStory.file();
    assertFails(Files.write(folder.resolve("cut"), Arrays.copyOf(story, 900)), "truncated");
    story[0] = 6;
    assertFails(Files.write(folder.resolve("six"), story), "version 6");
    assertFails(Files.writeString(folder.resolve("text"), "hello"), "not a story file");
  }

  private static void assertFails(Path file, String why) {
    HostException e = assertThrows(HostException.class, () -> ZStory.file(file));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void aSnapshotOfAnUnknownBoardNamesIt() throws SnapshotFileException {
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
    PageSource nothing =
        new PageSource() {
          @Override
          public int pageSize() {
            return 4096;
          }

          @Override
          public PrimitiveIterator.OfLong touchedPages() {
            return LongStream.empty().iterator();
          }

          @Override
          public void read(long page, byte[] to, int offset) {
            throw new AssertionError("there are no pages");
          }
        };
    SnapshotFile.save(
        file,
        new SnapshotHeader(machine, "1", 4096, 1, "x"),
        records,
        List.of(),
        nothing,
        Compression.ZSTD);
  }
}
