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

  /// Bytes of RAM, of Java heap, and of TLB: together 385 KB.
  private static final long MOST_RAM = 204_800;

  private static final long MOST_HEAP = 180_000;

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void anIdleForkHasLittleMemoryOfItsOwn() {
    List<GuestSession> forks = new ArrayList<>();
    try (GuestSession parent = new GuestSession(Guests.debian(Tier.AUTO))) {
      parent.awaitShell();
      parent.advance(SETTLING);
      long before = usedHeap();
      for (int seed = 0; seed < FORKS; seed++) {
        byte[] bytes = ByteBuffer.allocate(Entropy.SEED_BYTES).putInt(seed).array();
        GuestSession fork =
            parent.fork(Tier.AUTO.engine(), new Identity.Own("", bytes, OptionalLong.empty()));
        forks.add(fork);
        fork.advance(SECOND);
        long own = fork.machine.memory().ownBytes();
        assertTrue(own <= MOST_RAM, "a fork has " + own + " bytes of RAM of its own");
      }
      long heap = (usedHeap() - before) / FORKS;
      assertTrue(heap <= MOST_HEAP, "a fork takes " + heap + " bytes of heap");
    } finally {
      forks.forEach(GuestSession::close);
    }
  }
}
