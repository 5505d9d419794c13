package hospes.host.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.guests.Plan;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.Treatment;
import hospes.machine.Snapshot;
import hospes.virt.Virt;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A guest for which the host has no memory waits, says why, and goes on once there is some.
@Timeout(120)
final class HaltTest {
  private static final Plan HELLO = Virt.hello().memory("16M").plan();
  private static final Treatment TREATMENT = Treatment.usual().engine(EngineSettings.interpreter());
  private static final SwapSpace NO_SWAP = SwapSpace.usual().withMost(0);

  private final Host host = Host.open(new HostSettings(2).with(NO_SWAP));
  private final LinkedBlockingQueue<GuestEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void theHostsLimitIsThatOfItsSettings() throws InterruptedException {
    try (Host small = Host.open(new HostSettings(1).withMemory(4096).with(NO_SWAP))) {
      Guest guest = small.create(HELLO, TREATMENT);
      guest.listen(events::add);
      guest.start();
      assertEquals(new GuestEvent.Resumed(), events.take());
      assertTrue(events.take() instanceof GuestEvent.Halted);
      guest.kill();
      assertEquals(new Ending.Stopped(), guest.await().ending());
    }
    assertThrows(IllegalArgumentException.class, () -> new HostSettings(1).withMemory(0));
  }

  @Test
  void aGuestWaitsForMemoryWithAReasonAndGoesOnWhenItIsResumed() throws InterruptedException {
    Guest guest = host.start(HELLO, TREATMENT);
    guest.console().expect("hello> ");
    guest.listen(events::add);
    host.memory().pool().setLimit(1);
    guest.console().send("fib 90\r");
    GuestEvent.Halted halted = (GuestEvent.Halted) events.take();
    assertTrue(halted.reason().contains("limit for the memory of guests"), halted.reason());
    assertEquals(GuestState.PAUSED, guest.stats().state());
    assertEquals(Optional.of(halted.reason()), guest.haltReason());

    // Can be forked and looked at all the same.
    Guest fork = guest.fork(1, IdentityChoice.SAME).getFirst();
    assertEquals(guest.look(Snapshot::hash), fork.look(Snapshot::hash));
    fork.close();

    guest.resume(); // too early
    assertEquals(new GuestEvent.Resumed(), events.take());
    assertTrue(events.take() instanceof GuestEvent.Halted);

    host.memory().pool().setLimit(10_000);
    assertEquals(new GuestEvent.Resumed(), events.take(), "it goes on by itself");
    assertEquals(Optional.empty(), guest.haltReason());
    guest.console().expect("2880067194370816120");
    guest.console().expect("hello> ");

    // Whom the user paused stays paused.
    host.memory().pool().setLimit(1);
    guest.console().send("fib 90\r");
    assertTrue(events.take() instanceof GuestEvent.Halted);
    guest.pause();
    assertEquals(new GuestEvent.Paused(), events.take());
    host.memory().pool().setLimit(10_000);
    assertEquals(GuestState.PAUSED, guest.stats().state());
    guest.resume();
    guest.console().expect("2880067194370816120");
    guest.console().send("poweroff\r");
    assertEquals(new Ending.PoweredOff(0), guest.await().ending());
  }
}
