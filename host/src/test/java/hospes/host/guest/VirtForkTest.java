package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.machine.Snapshot;
import hospes.virt.Virt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Forks of a real machine share its memory, and go on for themselves.
@Timeout(120)
final class VirtForkTest {
  private final Host host = Host.open(new HostSettings(2));

  @AfterEach
  void closeHost() {
    host.close();
  }

  private Guest started() throws InterruptedException {
    Guest guest =
        host.start(
            Virt.hello().memory("16M").plan(),
            Treatment.usual().engine(EngineSettings.interpreter()));
    guest.console().expect("hello> ");
    return guest;
  }

  private static void fib(Guest guest, int n, String expected) throws InterruptedException {
    guest.console().send("fib " + n + "\r");
    guest.console().expect(expected);
    guest.console().expect("hello> ");
  }

  @Test
  void aForkTakesNoMemoryOfItsOwnBeforeOneOfTheTwoWrites() throws InterruptedException {
    Guest guest = started();
    guest.pause();
    long alone = guest.stats().ownBytes();
    assertTrue(alone > 0);
    Guest fork = guest.fork(1, IdentityChoice.SAME).getFirst();
    assertEquals(alone, fork.stats().residentBytes());
    assertEquals(0, fork.stats().ownBytes());
    assertEquals(0, guest.stats().ownBytes());
    assertEquals(guest.look(Snapshot::hash), fork.look(Snapshot::hash));
    fork.resume();
    fib(fork, 20, "6765");
    assertTrue(fork.stats().ownBytes() > 0, "it wrote to what it shares");
    assertTrue(fork.stats().ownBytes() < alone, "it copied what it did not write");
    fork.close();
    assertEquals(alone, guest.stats().ownBytes());
  }

  @Test
  void allForksAndTheirParentGoOnWhileTheOthersDo() throws InterruptedException {
    Guest guest = started();
    List<Guest> all = new ArrayList<>(guest.fork(3));
    all.addAll(all.getFirst().fork(2)); // while the others run
    all.add(guest);
    Set<String> states = new HashSet<>();
    for (Guest each : all) {
      each.console().send("fib 90\r");
    }
    for (Guest each : all) {
      each.console().expect("2880067194370816120");
      each.pause();
      states.add(each.look(Snapshot::hash));
      each.resume();
    }
    assertEquals(all.size(), states.size(), "each has random numbers of its own");
    guest.close();
    for (Guest each : host.guests()) {
      fib(each, 20, "6765");
      each.console().send("poweroff\r");
      assertEquals(new Ending.PoweredOff(0), each.await().ending());
    }
  }

  @Test
  void aPausedForkOfItsOwnTakesRequestsAtOnce() throws InterruptedException {
    Guest guest = started();
    guest.pause();
    Guest fork = guest.fork();
    assertEquals(GuestState.PAUSED, fork.stats().state());
    assertNotEquals(guest.look(Snapshot::hash), fork.look(Snapshot::hash));
    Guest second = fork.fork(1, IdentityChoice.SAME).getFirst();
    assertEquals(fork.look(Snapshot::hash), second.look(Snapshot::hash));
  }

  @Test
  void aForkBootsAgainByItself() throws InterruptedException {
    Guest fork = started().fork();
    fork.reset();
    fork.console().expect("hello> ");
    fib(fork, 20, "6765");
  }
}
