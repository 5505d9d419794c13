package hospes.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.process.DiskWriter;
import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestStateException;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.ReplayOptions;
import hospes.host.guest.RestoreOptions;
import hospes.host.guest.Treatment;
import hospes.virt.Virt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What is no recording of the guest that is there is not replayed, and what cannot be recorded is
/// refused at once, in a sentence.
@Timeout(120)
final class RefusedReplayTest {
  @TempDir private Path folder;

  private RecordedSession recorded(Plan plan) throws Exception {
    try (Recorder recorder = Recorder.of(plan, ClockMode.HOST, folder, 1)) {
      recorder.checkpoint();
      recorder.snapshot();
      recorder.checkpoint();
      return recorder.killed();
    }
  }

  private static void refused(String part, Executable what) {
    String why = String.valueOf(assertThrows(HostException.class, what).getMessage());
    assertTrue(why.contains(part), why);
    assertFalse(why.contains("\n"), why);
  }

  private static void replayRefused(String part, Path journal, ReplayOptions options) {
    try (Host host = Host.open(new HostSettings(1))) {
      refused(part, () -> host.replay(journal, options).close());
    }
  }

  @Test
  void anotherSnapshotOrNone() throws Exception {
    RecordedSession session = recorded(Programs.ticker());
    Path snapshot = folder.resolve("run.journal.snapshot");
    Path later = folder.resolve("at-0.snapshot");
    replayRefused("knows no snapshot named x", session.journal(), ReplayOptions.whole().from("x"));
    Files.copy(later, snapshot, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    replayRefused("another one", session.journal(), ReplayOptions.whole());
    Files.delete(snapshot);
    replayRefused("is missing", session.journal(), ReplayOptions.whole());
    replayRefused("there is no journal", folder.resolve("none"), ReplayOptions.whole());
    replayRefused("no journal that Hospes", later, ReplayOptions.whole());
  }

  @Test
  void anotherKindOfMachine() throws Exception {
    RecordedSession session = recorded(Programs.ticker());
    byte[] journal = Files.readAllBytes(session.journal());
    // The kind's name is the first text of the first block; its checksums are made right again.
    byte[] kind = "virt".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertEquals(kind.length, journal[34], "the name's length");
    journal[35] = 'w';
    ByteBuffer bytes = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
    int stored = bytes.getInt(18);
    bytes.putInt(26, crc(journal, 34, stored));
    byte[] chained = new byte[18];
    System.arraycopy(journal, 12, chained, 0, 18);
    bytes.putInt(30, crc(chained, 0, 18));
    Files.write(session.journal(), java.util.Arrays.copyOf(journal, 34 + stored));
    replayRefused("'wirt', not 'virt'", session.journal(), ReplayOptions.whole());
  }

  @Test
  void aNewerVersion() throws Exception {
    RecordedSession session = recorded(Programs.ticker());
    byte[] journal = Files.readAllBytes(session.journal());
    ByteBuffer bytes = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8, 2).putInt(12, crc(journal, 0, 12));
    Files.write(session.journal(), journal);
    replayRefused("version 2", session.journal(), ReplayOptions.whole());
  }

  private static int crc(byte[] bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, length);
    return (int) crc.getValue();
  }

  @Test
  void aDriveThatWasWritten() throws Exception {
    Path disk = DiskWriter.disk(folder);
    RecordedSession session =
        recorded(
            Virt.bareMetal(Files.readAllBytes(DiskWriter.program(folder)))
                .memory("16M")
                .drive(disk.toString())
                .plan());
    Path frozen;
    try (var files = Files.list(folder)) {
      frozen =
          files
              .filter(file -> file.toString().contains(".snapshot-"))
              .min(java.util.Comparator.naturalOrder())
              .orElseThrow();
    }
    byte[] content = Files.readAllBytes(frozen);
    content[100] ^= 1;
    Files.write(frozen, content);
    replayRefused("was written since", session.journal(), ReplayOptions.whole());
  }

  @Test
  void aReplayDoesWhatWasRecordedAndItsForkIsFree() throws Exception {
    RecordedSession session = recorded(Programs.ticker());
    try (Host host = Host.open(new HostSettings(1));
        Guest replay =
            host.replay(
                session.journal(),
                ReplayOptions.whole().guest(RestoreOptions.defaults().paused()))) {
      refused("cannot be reset", replay::reset);
      refused("recorded already", () -> replay.record(folder.resolve("again")));
      assertTrue(Files.notExists(folder.resolve("again")));
      Guest fork = replay.fork();
      fork.resume();
      fork.console().send("q");
      assertEquals(new Ending.PoweredOff(0), fork.await().ending());
      replay.resume();
      assertInstanceOf(Ending.Replayed.class, replay.await().ending());
      assertThrows(GuestStateException.class, replay::checkpoint);
    }
    try (Host host = Host.open(new HostSettings(1));
        Guest replay = host.replay(session.journal(), ReplayOptions.whole().until(1_000))) {
      assertTrue(replay.await().ending().words().equals("as far as was asked for"));
      assertEquals(1_000, replay.outcome().orElseThrow().instructions());
    }
  }

  @Test
  void whatCannotBeRecorded() throws Exception {
    try (Host host = Host.open(new HostSettings(1));
        Guest guest = host.create(Programs.ticker(), Treatment.named("a"));
        Guest other = host.create(Programs.ticker(), Treatment.named("b"))) {
      refused("its folder does not exist", () -> guest.record(folder.resolve("none/x")));
      refused("it is a folder", () -> guest.record(folder));
      refused("cannot be named", () -> guest.record(folder.resolve("a:b")));
      Path mine = Files.writeString(folder.resolve("mine"), "my letter to the editor");
      refused("is no recording", () -> guest.record(mine));
      assertEquals("my letter to the editor", Files.readString(mine));
      Path journal = folder.resolve("j");
      guest.record(journal);
      refused("recorded already", () -> guest.record(folder.resolve("k")));
      refused("is being recorded to", () -> other.record(journal));
      refused("belongs to the guest's recording", () -> guest.snapshot(journal));
      other.record(folder.resolve("k"));
      guest.start();
      guest.reset();
      guest.record(journal); // the first one ended there, and is written over
      guest.kill();
      assertThrows(GuestStateException.class, () -> guest.record(folder.resolve("l")));
      assertTrue(Files.notExists(folder.resolve("l")));
      try (Guest replay = host.replay(journal, ReplayOptions.whole())) {
        assertEquals(new Ending.Replayed(new Ending.Stopped().words(), 1), replay.await().ending());
      }
    }
  }

  @Test
  void aRecordingThatEndsAtAResetIsWhole() throws Exception {
    try (Host host = Host.open(new HostSettings(1));
        Guest guest = host.create(Programs.ticker(), Treatment.named("a"))) {
      guest.record(folder.resolve("j"));
      guest.start();
      guest.console().send("rst");
      guest.console().expect("rst");
      guest.reset();
      guest.console().send("q");
      assertEquals(new Ending.PoweredOff(0), guest.await().ending());
      try (Guest replay = host.replay(folder.resolve("j"), ReplayOptions.whole())) {
        assertEquals(
            new Ending.Replayed("the guest was switched off and on by its host", 1),
            replay.await().ending());
        assertEquals("rst", replay.console().text());
      }
    }
  }

  /// The guest may end while its snapshot is being written.
  @Test
  void aGuestThatEndsAmidASnapshotIsRecordedToItsEnd() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (Host host = Host.open(new HostSettings(2))) {
        Guest guest = host.create(Programs.ticker(), Treatment.named("a"));
        guest.record(folder.resolve("j"));
        guest.start();
        Path snapshot = folder.resolve("s");
        Thread saving =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        guest.snapshot(snapshot);
                      } catch (GuestStateException | InterruptedException tooLate) {
                        // as well
                      }
                    });
        guest.console().send("q");
        assertEquals(new Ending.PoweredOff(0), guest.await().ending());
        guest.close();
        saving.join();
        try (Guest replay = host.replay(folder.resolve("j"), ReplayOptions.whole())) {
          assertEquals(new Ending.PoweredOff(0), replay.await().ending());
          assertEquals(1, replay.statesCompared());
        }
      }
    }
  }
}
