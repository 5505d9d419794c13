package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.guest.Outcome.Ending;
import hospes.machine.Snapshot;
import hospes.testkit.toy.Toy;
import hospes.testkit.toy.ToyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class GuestTest {
  private final ToyKind kind = new ToyKind();
  private final Host host = Host.open(new HostSettings(2));

  @AfterEach
  void closeHost() {
    host.close();
  }

  /// Echoes what is typed; `q` switches it off, `!` is a bug.
  private Plan shell() {
    return Toy.plan(kind, Toy.ECHO);
  }

  private Plan spinner() {
    return Toy.plan(kind, Toy.SPIN);
  }

  private static void assertRefused(GuestState state, Executable action) {
    assertEquals(state, assertThrows(GuestStateException.class, action).state());
  }

  @Test
  void aGuestIsAwaitedWithItsOutcome() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    assertEquals(Optional.empty(), guest.outcome());
    guest.console().send("hello q");
    assertEquals(new Ending.PoweredOff(7), guest.await().ending());
    assertEquals(GuestState.STOPPED, guest.state());
    assertEquals("hello q", guest.console().text());
  }

  @Test
  void onlyLegalTransitionsHappen() throws InterruptedException {
    Guest guest = host.create(shell(), Treatment.named("w"));
    assertEquals(GuestState.CREATED, guest.state());
    assertRefused(GuestState.CREATED, guest::pause);
    assertRefused(GuestState.CREATED, guest::resume);
    assertRefused(GuestState.CREATED, guest::stop);

    guest.start();
    assertEquals(GuestState.RUNNING, guest.state());
    assertRefused(GuestState.RUNNING, guest::start);
    assertRefused(GuestState.RUNNING, guest::resume);

    guest.pause();
    assertEquals(GuestState.PAUSED, guest.state());
    assertRefused(GuestState.PAUSED, guest::pause);
    assertRefused(GuestState.PAUSED, guest::start);
    assertRefused(GuestState.PAUSED, guest::stop);

    guest.resume();
    guest.stop();
    assertEquals(new Ending.PoweredOff(0), guest.await().ending());
    for (Executable action :
        List.<Executable>of(
            guest::start, guest::pause, guest::resume, guest::stop, guest::fork, guest::reset)) {
      assertRefused(GuestState.STOPPED, action);
    }
    guest.kill(); // no error: it is what was wanted
    assertEquals(new Ending.PoweredOff(0), guest.await().ending());
  }

  @Test
  void aPausedGuestExecutesNothingAndItsClockStandsStill() throws InterruptedException {
    Guest guest = host.start(spinner(), Treatment.named("w"));
    guest.pause();
    GuestStats before = guest.stats();
    Guest other = host.start(spinner(), Treatment.named("other"));
    other.pause(); // time went by
    GuestStats after = guest.stats();
    assertEquals(before.instructions(), after.instructions());
    assertEquals(before.guestTime(), after.guestTime());
    guest.resume();
    guest.pause();
    assertTrue(guest.stats().guestTime().compareTo(before.guestTime()) >= 0);
  }

  @Test
  void killEndsWhatSleepsSpinsOrWaitsToBeStarted() throws InterruptedException {
    Guest shell = host.start(shell(), Treatment.named("shell"));
    Guest spinner = host.start(spinner(), Treatment.named("spinner"));
    Guest created = host.create(shell(), Treatment.named("created"));
    for (Guest guest : List.of(shell, spinner, created)) {
      guest.kill();
      assertEquals(new Ending.Stopped(), guest.await().ending());
    }
  }

  @Test
  void aBugInOneGuestEndsThatGuestAndNoOther() throws InterruptedException {
    Guest broken = host.start(shell(), Treatment.named("broken"));
    Guest other = host.start(shell(), Treatment.named("other"));
    broken.console().send("!");
    Ending.Failed failed = assertInstanceOf(Ending.Failed.class, broken.await().ending());
    assertEquals("a bug", failed.cause().getMessage());
    for (int i = 0; i < 4; i++) {
      other.console().send("x");
      other.console().expect("x");
    }
    other.console().send("q");
    assertEquals(new Ending.PoweredOff(7), other.await().ending());
  }

  @Test
  void aForkGoesOnByItselfFromTheSameState() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    guest.console().send("abc");
    guest.console().expect("abc");
    List<Guest> forks = guest.fork(3);
    assertEquals(List.of("w-1", "w-2", "w-3"), forks.stream().map(Guest::name).toList());
    forks.getFirst().console().send("only here");
    forks.getFirst().console().expect("only here");
    assertEquals("abc", guest.console().text());
    forks.get(1).kill();
    assertEquals(GuestState.RUNNING, forks.get(2).state());
    assertEquals(GuestState.RUNNING, guest.state());
    Guest grandchild = forks.get(2).fork();
    assertEquals("w-4", grandchild.name());
  }

  @Test
  void aForkOfAPausedGuestIsPausedAndEqual() throws InterruptedException {
    Guest guest = host.start(spinner(), Treatment.named("w"));
    guest.pause();
    Guest fork = guest.fork(1, IdentityChoice.SAME).getFirst();
    assertEquals(GuestState.PAUSED, fork.state());
    assertEquals(guest.look(Snapshot::hash), fork.look(Snapshot::hash));
    fork.resume();
    long before = guest.stats().instructions();
    while (fork.stats().instructions() == before) {
      Thread.onSpinWait();
    }
    fork.pause();
    assertNotEquals(guest.look(Snapshot::hash), fork.look(Snapshot::hash));
  }

  @Test
  void resetBeginsAgainFromPowerOn() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    guest.console().send("abc");
    guest.console().expect("abc");
    guest.pause();
    assertTrue(guest.stats().instructions() > 0);
    guest.reset();
    assertEquals(0, guest.stats().instructions());
    assertEquals(GuestState.PAUSED, guest.state());
    guest.resume();
    guest.console().send("def");
    guest.console().expect("def");
  }

  @Test
  void namesAreUniqueAndFreeAgainAfterClose() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    HostException taken =
        assertThrows(HostException.class, () -> host.start(shell(), Treatment.named("w")));
    assertTrue(taken.getMessage().contains("w already"), taken.getMessage());
    assertEquals(Optional.of(guest), host.guest("w"));
    guest.close();
    assertEquals(Optional.empty(), host.guest("w"));
    assertEquals("w", host.start(shell(), Treatment.named("w")).name());
    for (String bad : new String[] {"", "-w", "../w", "a/b", "a b", "a".repeat(49)}) {
      assertThrows(HostException.class, () -> GuestName.chosen(bad));
    }
    assertEquals("my-kernel-img", GuestName.derived("/My Kernel!.img").text());
  }

  @Test
  void aGuestThatCannotBeBuiltLeavesItsNameFree() {
    Plan broken = Plan.of(kind);
    assertThrows(HostException.class, () -> host.start(broken, Treatment.named("w")));
    assertEquals("w", host.start(shell(), Treatment.named("w")).name());
  }

  @Test
  void aTimeoutEndsAPausedGuestToo() throws InterruptedException {
    RunPolicy policy =
        new RunPolicy(ClockMode.HOST, Optional.of(Duration.ofMillis(20)), Long.MAX_VALUE);
    Guest guest = host.start(spinner(), Treatment.named("w").policy(policy));
    try {
      guest.pause();
    } catch (GuestStateException late) {
      assertEquals(GuestState.STOPPED, late.state());
    }
    assertEquals(new Ending.TimedOut(), guest.await().ending());
  }

  @Test
  void closingTheHostEndsAllAndGivesBackTheirMachines() throws InterruptedException {
    Guest guest = host.start(spinner(), Treatment.named("w"));
    guest.fork(5);
    assertEquals(6, kind.open());
    host.close();
    assertEquals(0, kind.open());
    assertEquals(List.of(), host.guests());
    assertThrows(HostException.class, () -> host.start(shell(), Treatment.named("late")));
  }

  @Test
  void eventsAreToldInOrder() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    guest.listen(event -> events.add(event.getClass().getSimpleName()));
    guest.pause();
    guest.resume();
    guest.reset();
    guest.stop();
    guest.await();
    assertEquals(
        List.of("Paused", "Resumed", "PowerCycled", "PowerButtonPressed", "Ended"),
        new ArrayList<>(events));
  }

  @Test
  void aWaitCanBeInterrupted() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    List<Throwable> seen = new ArrayList<>();
    Thread waiter =
        Thread.startVirtualThread(
            () -> {
              try {
                guest.await();
              } catch (InterruptedException e) {
                seen.add(e);
              }
            });
    waiter.interrupt();
    waiter.join();
    assertEquals(1, seen.size());
  }

  /// Many threads ask a few guests for everything at once: no deadlock, no lost answer, and nothing
  /// is left behind.
  @Test
  void manyThreadsMayAskForEverythingAtOnce() throws InterruptedException {
    host.start(spinner(), Treatment.named("w"));
    List<Thread> threads = new ArrayList<>();
    ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < 60; i++) {
                  try {
                    askForSomething(random);
                  } catch (HostException expected) {
                    assertFalse(expected.getMessage().isBlank());
                  } catch (InterruptedException | RuntimeException e) {
                    unexpected.add(e);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), new ArrayList<>(unexpected));
    host.close();
    assertEquals(0, kind.open());
  }

  private void askForSomething(Random random) throws InterruptedException {
    List<Guest> guests = host.guests();
    Guest guest = guests.get(random.nextInt(guests.size()));
    switch (random.nextInt(8)) {
      case 0 -> guest.pause();
      case 1 -> guest.resume();
      case 2, 3 -> {
        if (guests.size() < 12) {
          guest.fork();
        }
      }
      case 4 -> guest.stats();
      case 5 -> guest.look(Snapshot::hash);
      case 6 -> {
        if (guests.size() > 4 && guest != guests.getFirst()) {
          guest.close();
        }
      }
      default -> guest.reset();
    }
  }
}
