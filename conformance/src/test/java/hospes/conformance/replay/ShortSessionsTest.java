package hospes.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.process.DiskWriter;
import hospes.conformance.stories.InformStory;
import hospes.conformance.tiers.Tier;
import hospes.formats.journal.JournalItem;
import hospes.formats.journal.JournalReader;
import hospes.guests.Plan;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Outcome.Ending;
import hospes.machine.Payload;
import hospes.storage.files.SharedFile;
import hospes.virt.Virt;
import hospes.zmachine.ZStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fifty recorded guests that live for a second: replayed on every tier, all their states are the
/// same.
@Timeout(60)
final class ShortSessionsTest {
  private static final int CHECKPOINTS = 10;
  private static final EnumSet<Tier> TIERS = EnumSet.allOf(Tier.class);

  @TempDir private Path folder;

  private interface Doing {
    void at(int step) throws Exception;
  }

  /// Ten checkpoints with something between them, and now and then a snapshot.
  private static void run(Recorder recorder, Doing doing) throws Exception {
    for (int step = 0; step < CHECKPOINTS; step++) {
      doing.at(step);
      recorder.passTime();
      if (step == 2 || step == 6) {
        recorder.snapshot();
      }
      recorder.checkpoint();
    }
  }

  private static String letters(Random random) {
    return random
        .ints(random.nextInt(1, 40), 'r', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @CsvSource({
    "HOST,1",
    "HOST,2",
    "HOST,3",
    "HOST,4",
    "VIRTUAL,5",
    "VIRTUAL,6",
    "VIRTUAL,7",
    "HOST,8",
    "HOST,9",
    "VIRTUAL,10",
    "HOST,53"
  })
  void programsWithTimers(ClockMode clock, long seed) throws Exception {
    try (Recorder recorder = Recorder.of(Programs.ticker(), clock, folder, seed)) {
      run(recorder, step -> recorder.type(letters(recorder.random())));
      RecordedSession session;
      if (seed % 2 == 0) {
        session = recorder.killed();
      } else {
        recorder.type("q");
        session = recorder.ended();
        assertEquals(new Ending.PoweredOff(0), session.outcome().ending());
      }
      assertEquals(CHECKPOINTS, session.checkpoints());
      session.replays(TIERS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HOST,11", "HOST,12", "VIRTUAL,13", "VIRTUAL,14", "HOST,15",
    "VIRTUAL,16", "HOST,17", "HOST,18", "VIRTUAL,19", "HOST,20"
  })
  void theBuiltInKernel(ClockMode clock, long seed) throws Exception {
    List<String> lines = List.of("help", "fib 50", "sleep 20", "time", "regs", "fault", "nonsense");
    try (Recorder recorder = Recorder.of(Virt.hello().plan(), clock, folder, seed)) {
      run(
          recorder,
          step -> recorder.type(lines.get(recorder.random().nextInt(lines.size())) + "\n"));
      recorder.type(seed % 2 == 0 ? "crash\n" : "poweroff\n");
      RecordedSession session = recorder.ended();
      assertEquals(new Ending.PoweredOff(seed % 2 == 0 ? 1 : 0), session.outcome().ending());
      assertEquals(CHECKPOINTS, session.checkpoints());
      session.replays(TIERS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3,HOST,21",
    "4,HOST,22",
    "5,HOST,23",
    "7,HOST,24",
    "8,HOST,25",
    "5,VIRTUAL,26",
    "8,VIRTUAL,27",
    "3,VIRTUAL,28",
    "4,VIRTUAL,29",
    "7,HOST,30"
  })
  void storiesThatSaveAndRestore(int version, ClockMode clock, long seed) throws Exception {
    List<String> lines =
        List.of(
            "x\n",
            "s\nfirst\n",
            "r\nfirst\n",
            "r\nnone\n",
            "u\n",
            "b\n",
            "a\n",
            "v\n",
            "s\n../x\n");
    try (Recorder recorder = Recorder.of(story("saves", version), clock, folder, seed)) {
      recorder.type("s\nfirst\n");
      run(
          recorder,
          step -> {
            recorder.type(lines.get(recorder.random().nextInt(lines.size())));
            if (recorder.random().nextInt(3) == 0) {
              recorder.guest().console().input().resize(10 + step, 60 + step);
            }
          });
      RecordedSession session = storyEnd(recorder, "\n\nn\nq\nq\n"); // out of any question first
      assertTrue(Files.exists(folder.resolve("saves/first")), session.console());
      Files.delete(folder.resolve("saves/first")); // a replay asks nobody
      Files.writeString(folder.resolve("said"), "not a replay's");
      session.replays(TIERS);
      assertTrue(Files.notExists(folder.resolve("saves/first")), "nothing is saved again");
      assertEquals("not a replay's", Files.readString(folder.resolve("said")));
    }
  }

  private Plan story(String name, int version) throws IOException {
    Path saves = Files.createDirectories(folder.resolve("saves"));
    return ZStory.of(name, Files.readAllBytes(InformStory.compiled(name, version)))
        .savesIn(saves.toString())
        .scriptOut(folder.resolve("said").toString())
        .plan()
        .before(new Payload.Size(24, 80));
  }

  /// Played to its end, or switched off.
  private static RecordedSession storyEnd(Recorder recorder, String keys) throws Exception {
    if (recorder.random().nextBoolean()) {
      recorder.type(keys);
    } else {
      recorder.guest().stop();
    }
    RecordedSession session = recorder.ended();
    assertEquals(new Ending.PoweredOff(0), session.outcome().ending());
    assertEquals(CHECKPOINTS, session.checkpoints());
    return session;
  }

  @ParameterizedTest
  @CsvSource({
    "4,HOST,31", "5,HOST,32", "7,VIRTUAL,33", "8,HOST,34", "5,HOST,35",
    "7,HOST,36", "4,VIRTUAL,37", "8,HOST,38", "5,HOST,39", "7,HOST,40"
  })
  void storiesThatReadKeys(int version, ClockMode clock, long seed) throws Exception {
    try (Recorder recorder = Recorder.of(story("keys", version), clock, folder, seed)) {
      run(
          recorder,
          step -> {
            recorder.type(letters(recorder.random()));
            recorder.guest().console().input().resize(20 + step, 70 - step);
          });
      RecordedSession session =
          storyEnd(recorder, "q" + "take the lamp\n".repeat(7) + "x" + "last\n".repeat(3));
      session.replays(TIERS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw,HOST,41,false", "qcow2,HOST,42,false", "qcow2,VIRTUAL,43,false",
    "raw,HOST,44,true", "qcow2,HOST,45,true", "raw,VIRTUAL,46,true",
    "qcow2,HOST,47,false", "raw,HOST,48,true", "qcow2,VIRTUAL,49,true"
  })
  void disksThatAreWrittenAndFail(String format, ClockMode clock, long seed, boolean fails)
      throws Exception {
    Path disk = DiskWriter.disk(folder);
    if (format.equals("qcow2")) {
      Path raw = Files.move(disk, folder.resolve("raw.img"));
      new ProcessBuilder("qemu-img", "convert", "-O", "qcow2", "-S", "0", raw + "", disk + "")
          .inheritIO()
          .start()
          .waitFor();
    }
    byte[] content = Files.readAllBytes(disk);
    Plan plan =
        Virt.bareMetal(Files.readAllBytes(DiskWriter.program(folder)))
            .memory("16M")
            .drive(disk.toString())
            .plan();
    try (Recorder recorder = Recorder.waiting(plan, clock, folder, seed)) {
      Path bottom = bottom(disk);
      FileTime time = Files.getLastModifiedTime(bottom);
      if (fails) { // what is there of a cluster, of which a part is written, cannot be read
        try (SharedFile file = SharedFile.toWrite(bottom)) {
          file.truncate(content.length / 3);
        }
      }
      recorder.start();
      recorder.guest().console().expect("ready");
      run(
          recorder,
          step -> {
            if (fails && step == 5) {
              Files.write(bottom, content);
            }
          });
      RecordedSession session = recorder.killed();
      assertEquals(CHECKPOINTS, session.checkpoints());
      assertEquals(fails, diskFailures(session.journal()) > 0, "failures in the journal");
      Files.setLastModifiedTime(bottom, time);
      session.replays(TIERS);
    }
  }

  /// The file that holds what the disk held when the recording began.
  private static Path bottom(Path disk) throws IOException {
    try (var files = Files.list(disk.toAbsolutePath().getParent())) {
      return files
          .filter(file -> file.toString().contains(".snapshot-"))
          .min(java.util.Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static long diskFailures(Path journal) throws IOException {
    long failures = 0;
    try (SharedFile file = SharedFile.toRead(journal)) {
      JournalReader reader = JournalReader.open(file);
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        if (item.get() instanceof JournalItem.Entry entry
            && entry.port().equals("disk0")
            && entry.payload().length > 10) {
          failures++;
        }
      }
      assertTrue(reader.isComplete());
    }
    return failures;
  }

  /// A machine that never waits and to which nothing is said is replayed to where it came.
  @ParameterizedTest
  @CsvSource({"HOST,51", "VIRTUAL,52"})
  void programsThatNeverWait(ClockMode clock, long seed) throws Exception {
    try (Recorder recorder = Recorder.of(Programs.counter(), clock, folder, seed)) {
      for (int step = 0; step < CHECKPOINTS; step++) {
        recorder.checkpoint();
      }
      recorder.snapshot();
      RecordedSession session = recorder.killed();
      assertInstanceOf(Ending.Stopped.class, session.outcome().ending());
      session.replays(EnumSet.of(Tier.TRANSLATOR, Tier.AUTO));
    }
  }
}
