package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.Tier;
import hospes.guests.Identity;
import hospes.machine.Entropy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A fork of a Debian that waits at its prompt costs little as long as it does nothing either.
final class ForkFootprintTest {
  private static final long SECOND = 1_000_000_000;

  /// What the kernel goes on with behind the first prompt: half a second of tests of its ciphers,
  /// and half a minute of reporting free memory.
  private static final long SETTLING = 60 * SECOND;

  private static final int FORKS = 20;

  /// How long the parent means to sleep on where it is forked.
  private static final long REST = 5 * SECOND;

  /// Bytes of RAM, in the second in which the fork is told that it is another guest.
  private static final long MOST_RAM = 204_800;

  /// Bytes of RAM, where the parent slept for long before: what wakes the fork to be told lets the
  /// kernel also do what it had put off until it would be awake (its deferrable timers).
  private static final long MOST_RAM_BEHIND = 262_144;

  /// Bytes of RAM, in a second in which it is told nothing: it sleeps.
  private static final long MOST_RAM_ASLEEP = 102_400;

  /// Bytes of Java heap, and of TLB.
  private static final long MOST_HEAP = 180_000;

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Identity other(int seed) {
    byte[] bytes = ByteBuffer.allocate(Entropy.SEED_BYTES).putInt(seed).array();
    return new Identity.Own("", bytes, OptionalLong.empty());
  }

  private static void assertOwns(GuestSession fork, long most, String who) {
    fork.advance(SECOND);
    long own = fork.machine.memory().ownBytes();
    assertTrue(own <= most, who + " has " + own + " bytes of RAM of its own after a second");
  }

  @Test
  void anIdleForkHasLittleMemoryOfItsOwn() {
    List<GuestSession> forks = new ArrayList<>();
    try (GuestSession parent = new GuestSession(Guests.debian(Tier.AUTO))) {
      parent.awaitShell();
      parent.advance(SETTLING);
      try (GuestSession behind = parent.fork(Tier.AUTO.engine(), other(FORKS))) {
        assertOwns(behind, MOST_RAM_BEHIND, "with much put off, a fork");
      }
      parent.awaitRest(REST);
      try (GuestSession same = parent.fork(Tier.AUTO.engine(), new Identity.Same())) {
        assertOwns(same, MOST_RAM_ASLEEP, "asleep, a fork");
      }
      long before = usedHeap();
      for (int seed = 0; seed < FORKS; seed++) {
        GuestSession fork = parent.fork(Tier.AUTO.engine(), other(seed));
        forks.add(fork);
        assertOwns(fork, MOST_RAM, "a fork");
      }
      long heap = (usedHeap() - before) / FORKS;
      assertTrue(heap <= MOST_HEAP, "a fork takes " + heap + " bytes of heap");
    } finally {
      forks.forEach(GuestSession::close);
    }
  }
}
