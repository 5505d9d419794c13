package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.guests.Identity;
import hospes.machine.Snapshot;
import hospes.virt.Standalone;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A forked machine and its parent go on as if there had been no fork, though they share memory and
/// translated code.
@EveryTier(slow = {Tier.TRANSLATOR, Tier.EAGER, Tier.DELAYED})
final class ForkTest {
  private static final long FIRST = 60_000_001;
  private static final long STEP = 47_000_017;
  private static final int FORKS = 3;
  private static final long WHOLE = Long.MAX_VALUE;

  private final Tier tier;

  ForkTest(Tier tier) {
    this.tier = tier;
  }

  private record Fork(VirtMachine machine, ByteArrayOutputStream console) {}

  private Fork fork(VirtMachine parent, Identity identity) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    return new Fork(
        Standalone.on(console::write).with(tier.engine()).fork(parent, identity), console);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aForkAndItsParentGoOnAsIfThereHadBeenNoFork(int harts) {
    Guests.Order order = Guests.debian(tier).harts(harts);
    long end = FIRST + FORKS * STEP + STEP;
    BootRun reference = BootRun.of(order, end, WHOLE);
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    List<Fork> forks = new ArrayList<>();
    try (VirtMachine parent = order.powerOn(console::write)) {
      BootRun.advance(parent, FIRST, WHOLE);
      for (int i = 0; i < FORKS; i++) {
        String before = console.toString(StandardCharsets.UTF_8);
        // A fork of a fork, too.
        VirtMachine from = i == FORKS - 1 ? forks.getFirst().machine() : parent;
        Fork fork = fork(from, new Identity.Same());
        assertEquals(Snapshot.hash(from), Snapshot.hash(fork.machine()), "fork " + i);
        forks.add(fork);
        BootRun.advance(parent, FIRST + (i + 1) * STEP, WHOLE);
        assertTrue(reference.console().startsWith(before));
      }
      // In turns, so that each writes while others share with it.
      for (long at = FIRST + STEP / 2; at <= end; at += STEP / 2) {
        for (Fork fork : forks) {
          BootRun.advance(fork.machine(), Math.min(at, end), WHOLE);
        }
      }
      BootRun.advance(parent, end, WHOLE);
      assertEquals(reference, BootRun.after(parent, console), "the parent");
    }
    // The parent is gone.
    for (Fork fork : forks) {
      BootRun.advance(fork.machine(), end, WHOLE);
      assertEquals(reference.state(), Snapshot.hash(fork.machine()), "a fork");
      assertTrue(reference.console().endsWith(fork.console().toString(StandardCharsets.UTF_8)));
      fork.machine().close();
    }
  }

  @Test
  void forksThatAreToldSoDiffer() {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (VirtMachine parent = Guests.debian(tier).powerOn(console::write)) {
      BootRun.advance(parent, FIRST, WHOLE);
      Identity seeded = new Identity.Own("", new byte[32], OptionalLong.empty());
      try (VirtMachine one = fork(parent, seeded).machine();
          VirtMachine same = fork(parent, seeded).machine()) {
        BootRun.advance(parent, FIRST + STEP, WHOLE);
        BootRun.advance(one, FIRST + STEP, WHOLE);
        BootRun.advance(same, FIRST + STEP, WHOLE);
        assertNotEquals(Snapshot.hash(parent), Snapshot.hash(one));
        assertEquals(Snapshot.hash(same), Snapshot.hash(one), "the seed decides");
      }
    }
  }
}
