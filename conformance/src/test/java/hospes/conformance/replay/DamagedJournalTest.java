package hospes.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.HostException;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.ReplayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever becomes of a journal: it is refused in a sentence, or a part of it is replayed.
@Timeout(300)
final class DamagedJournalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MUTATIONS = 2_000;

  /// Header of a block, as docs/journal-format.md has it, and the content of the last one: count,
  /// reason and digest.
  private static final int LAST_BLOCK = 18 + 90;

  @TempDir private static Path folder;

  private static final Host HOST = Host.open(new HostSettings(1));
  private static byte[] journal = {};
  private static Path damaged = Path.of("");

  @BeforeAll
  static void record() throws Exception {
    try (Recorder recorder = Recorder.of(Programs.ticker(), ClockMode.VIRTUAL, folder, 1)) {
      for (int step = 0; step < 3; step++) {
        recorder.type("rstuvw".substring(step));
        recorder.checkpoint();
      }
      recorder.type("q");
      journal = Files.readAllBytes(recorder.ended().journal());
    }
    // Of the same name, so that its snapshot is found.
    damaged = folder.resolve("run.journal");
  }

  @AfterAll
  static void close() {
    HOST.close();
  }

  /// How a replay ended; a sentence where it did not begin.
  private static String replay(byte[] content) throws IOException, InterruptedException {
    Files.write(damaged, content);
    try (Guest guest = HOST.replay(damaged, ReplayOptions.whole())) {
      Outcome outcome = guest.await(PATIENCE).orElseThrow(() -> new AssertionError("it hangs"));
      return switch (outcome.ending()) {
        case Ending.PoweredOff(int _) -> "whole";
        case Ending.Replayed(String how, long _) -> sentence(how);
        case Ending.Diverged(String why) -> sentence(why);
        default -> throw new AssertionError(outcome.ending().toString());
      };
    } catch (HostException refused) {
      return sentence(String.valueOf(refused.getMessage()));
    }
  }

  private static String sentence(String text) {
    assertFalse(text.isBlank());
    assertFalse(text.contains("\n") || text.contains("Exception"), text);
    return text;
  }

  @Test
  void aJournalThatWasCutIsReplayedAsFarAsItGoes() throws Exception {
    assertTrue(replay(journal).equals("whole"));
    for (int length = journal.length - 1; length >= journal.length - LAST_BLOCK; length--) {
      String end = replay(Arrays.copyOf(journal, length));
      assertTrue(end.equals("whole") || end.contains("unfinished"), length + ": " + end);
    }
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      int length = i < 20 ? i : random.nextInt(journal.length);
      String end = replay(Arrays.copyOf(journal, length));
      assertFalse(end.isEmpty());
    }
  }

  @Test
  void aJournalThatWasChangedIsRefusedOrEndsThere() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = mutated(random);
      String end = replay(changed);
      assertTrue(
          Arrays.equals(changed, journal) || !end.equals("whole"),
          "mutation %d went unnoticed".formatted(i));
    }
  }

  private static byte[] mutated(Random random) {
    int at = random.nextInt(journal.length);
    byte[] changed = journal.clone();
    return switch (random.nextInt(5)) {
      case 0 -> {
        changed[at] ^= (byte) (1 << random.nextInt(8));
        yield changed;
      }
      case 1 -> {
        changed[at] = (byte) random.nextInt();
        yield changed;
      }
      case 2 -> { // bytes are gone
        int gone = Math.min(1 + random.nextInt(30), journal.length - at);
        System.arraycopy(journal, at + gone, changed, at, journal.length - at - gone);
        yield Arrays.copyOf(changed, journal.length - gone);
      }
      case 3 -> { // bytes are doubled
        int more = Math.min(1 + random.nextInt(200), journal.length - at);
        changed = Arrays.copyOf(journal, journal.length + more);
        System.arraycopy(journal, at, changed, at + more, journal.length - at);
        yield changed;
      }
      default -> {
        for (int end = Math.min(journal.length, at + 16); at < end; at++) {
          changed[at] = (byte) random.nextInt();
        }
        yield changed;
      }
    };
  }
}
