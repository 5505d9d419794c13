package hospes.host.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.Treatment;
import hospes.virt.Virt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Guests that hold the same share it, and nothing that one of them writes reaches another.
@Timeout(300)
final class MergeTest {
  private static final int GUESTS = 3;
  private static final int BYTES = 2 << 20;
  private static final int SENTINELS = 50_000;
  private static final int MOST_ROUNDS = 20;

  /// All of them hold the same, and change it in places of their own.
  private static final PatternProgram PROGRAM = new PatternProgram(99, BYTES, 8, 1, 1, SENTINELS);

  private static List<Guest> filled(Host host) throws InterruptedException {
    List<Guest> guests = new ArrayList<>();
    for (int number = 0; number < GUESTS; number++) {
      guests.add(
          host.start(
              Virt.bareMetal(PROGRAM.elf()).memory("8M").plan(), Treatment.named("g" + number)));
    }
    for (Guest guest : guests) {
      guest.console().expect("R");
    }
    return guests;
  }

  /// Waits until the merger found all that the guests have in common.
  private static void awaitMerged(Host host) throws InterruptedException {
    long most = (GUESTS - 1L) * BYTES;
    while (host.stats().sharing().savedBytes() < most * 9 / 10) {
      host.guests().getFirst().stats(); // takes about a slice
    }
  }

  /// On a busy computer the guests may be ready before the merger gets a turn.
  @Test
  void noSentinelReachesAnotherGuestWhileTheMergerRuns() throws InterruptedException {
    boolean merged = false;
    for (int round = 0; round < MOST_ROUNDS && !merged; round++) {
      merged = noSentinelReachesAnotherGuest();
    }
    assertTrue(merged, "it merged again meanwhile");
  }

  /// Whether it merged while they wrote.
  private static boolean noSentinelReachesAnotherGuest() throws InterruptedException {
    try (Host host = Host.open(new HostSettings(2))) {
      List<Guest> guests = filled(host);
      awaitMerged(host);
      long before = host.stats().sharing().mergedPages();
      for (int number = 0; number < GUESTS; number++) {
        guests.get(number).console().send(String.valueOf((char) ('A' + number)));
      }
      for (Guest guest : guests) {
        assertEquals(new Ending.PoweredOff(0), guest.await().ending());
        assertEquals("R" + PROGRAM.expected(), guest.console().text());
      }
      return host.stats().sharing().mergedPages() > before;
    }
  }

  @Test
  void whatIsMergedIsSharedUntilItIsWritten() throws InterruptedException {
    try (Host host = Host.open(new HostSettings(2))) {
      List<Guest> guests = filled(host);
      awaitMerged(host);
      HostStats merged = host.stats();
      assertEquals(GUESTS, merged.guests());
      assertTrue(merged.usedBytes() < 2L * BYTES, merged.toString());
      assertTrue(merged.sharing().sharedFrames() >= BYTES / 4096 * 9 / 10, merged.toString());
      for (Guest guest : guests) {
        guest.pause();
        assertTrue(guest.stats().ownBytes() < BYTES / 2, guest.stats().toString());
      }
      Guest last = guests.removeLast();
      guests.forEach(Guest::close);
      assertTrue(host.stats().usedBytes() >= BYTES, "it has all of it still");
      last.resume();
      last.console().send("A");
      last.await();
      assertEquals("R" + PROGRAM.expected(), last.console().text());
    }
  }

  @Test
  void withoutMergingGuestsShareNothing() throws InterruptedException {
    try (Host host = Host.open(new HostSettings(2).with(Merging.OFF))) {
      filled(host);
      HostStats stats = host.stats();
      assertEquals(0, stats.sharing().savedBytes());
      assertTrue(stats.usedBytes() > (long) GUESTS * BYTES);
      assertFalse(
          Thread.getAllStackTraces().keySet().stream()
              .anyMatch(thread -> thread.getName().equals("hospes-memory")));
    }
  }
}
