package hospes.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.boot.Guests;
import hospes.conformance.tiers.Tier;
import hospes.guests.Plan;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Outcome.Ending;
import hospes.virt.Virt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Debian, booted, typed at and writing to a disk, is recorded and replayed to the same states.
@Timeout(1800)
final class DebianSessionsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int DISK_BYTES = 8 << 20;
  private static final int CHECKPOINTS = 10;

  /// What is typed, in an order of chance.
  private static final List<String> COMMANDS =
      List.of(
          "ls -l /bin | tail -n 3",
          "cat /proc/interrupts",
          "date; sleep 0.2; date",
          "seq 1 3000 | sha256sum",
          "dd if=/dev/urandom bs=64k count=4 2>/dev/null | md5sum",
          "dd if=/dev/urandom of=/dev/vda bs=64k count=9 seek=5; sync",
          "dd if=/dev/vda bs=4k skip=60 count=99 | sha256sum",
          "echo 3 > /proc/sys/vm/drop_caches");

  @TempDir private Path folder;

  private Plan debian(String format) throws IOException, InterruptedException {
    Path disk = folder.resolve("disk");
    Process made =
        new ProcessBuilder("qemu-img", "create", "-q", "-f", format, disk + "", DISK_BYTES + "")
            .inheritIO()
            .start();
    assertEquals(0, made.waitFor());
    return Virt.linux(Guests.kernel())
        .initrd(Guests.initrd())
        .append(Guests.COMMAND_LINE)
        .memory("256M")
        .drive(disk.toString())
        .plan();
  }

  private void session(String format, ClockMode clock, long seed, EnumSet<Tier> tiers)
      throws Exception {
    try (Recorder recorder = Recorder.of(debian(format), clock, folder, seed)) {
      recorder.guest().console().expect("~ # ", PATIENCE);
      for (int step = 0; step < CHECKPOINTS; step++) {
        recorder.type(COMMANDS.get(recorder.random().nextInt(COMMANDS.size())) + "\n");
        recorder.guest().console().expect("~ # ", PATIENCE);
        recorder.passTime();
        if (step == 4) {
          recorder.snapshot();
        }
        recorder.checkpoint();
      }
      recorder.type("poweroff -f\n");
      RecordedSession session = recorder.ended();
      assertEquals(new Ending.PoweredOff(0), session.outcome().ending());
      assertEquals(CHECKPOINTS, session.checkpoints());
      session.replays(tiers);
    }
  }

  @Test
  void debianIsReplayed() throws Exception {
    session("raw", ClockMode.HOST, 1, EnumSet.of(Tier.AUTO));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "raw,HOST,61", "qcow2,HOST,62", "raw,VIRTUAL,63", "qcow2,VIRTUAL,64", "qcow2,HOST,65",
    "raw,HOST,66", "qcow2,HOST,67", "raw,HOST,68", "qcow2,VIRTUAL,69", "raw,HOST,70",
    "qcow2,HOST,71", "raw,VIRTUAL,72", "qcow2,HOST,73", "raw,HOST,74", "qcow2,HOST,75"
  })
  void debianIsReplayedOnEveryTier(String format, ClockMode clock, long seed) throws Exception {
    session(format, clock, seed, EnumSet.allOf(Tier.class));
  }

  /// The host tells an idle guest the time whenever it wakes.
  @Tag("slow")
  @Test
  void anIdleMinuteTakesLessThanAMegabyte() throws Exception {
    try (Recorder recorder = Recorder.of(debian("raw"), ClockMode.HOST, folder, 80)) {
      recorder.guest().console().expect("~ # ", PATIENCE);
      long idle = growth(20);
      recorder.type("while :; do :; done\n");
      long busy = growth(20);
      System.out.printf("journal of a minute: idle %d bytes, busy %d bytes%n", 3 * idle, 3 * busy);
      assertTrue(3 * idle < 1_000_000, idle + " in 20 s");
      RecordedSession session = recorder.killed();
      session.replays(Tier.AUTO);
    }
  }

  private long growth(int seconds) throws Exception {
    long before = Files.size(folder.resolve("run.journal"));
    TimeUnit.SECONDS.sleep(seconds);
    return Files.size(folder.resolve("run.journal")) - before;
  }
}
