package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.Tier;
import hospes.guests.Identity;
import hospes.machine.Entropy;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Forks of a booted Debian do not have their parent's randomness, nor each other's, unless they
/// are to.
final class ForkIdentityTest {
  private static final int FORKS = 100;
  private static final String RANDOM = "od -An -tx1 -N16 /dev/urandom";
  private static final String RESEEDED =
      "dmesg | grep -c 'crng reseeded due to virtual machine fork'";

  private static final GuestSession PARENT = new GuestSession(Guests.debian(Tier.AUTO));

  @BeforeAll
  static void boot() {
    PARENT.awaitShell();
  }

  @AfterAll
  static void close() {
    PARENT.close();
  }

  private static GuestSession fork(Identity identity) {
    return PARENT.fork(Tier.AUTO.engine(), identity);
  }

  private static Identity fresh(int seed) {
    return new Identity.Own(
        "", ByteBuffer.allocate(Entropy.SEED_BYTES).putInt(seed).array(), OptionalLong.empty());
  }

  private static String random(GuestSession guest) {
    String bytes = guest.command(RANDOM);
    assertTrue(bytes.matches("([0-9a-f]{2} ){15}[0-9a-f]{2}"), bytes);
    return bytes;
  }

  @Test
  void freshForksHaveRandomnessOfTheirOwn() {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < FORKS; seed++) {
      try (GuestSession fork = fork(fresh(seed))) {
        assertTrue(seen.add(random(fork)), "fork " + seed + " has the randomness of another one");
        assertEquals("1", fork.command(RESEEDED), "fork " + seed);
      }
    }
    try (GuestSession likeParent = fork(new Identity.Same())) {
      assertTrue(seen.add(random(likeParent)), "a fork has its parent's randomness");
    }
  }

  @Test
  void forksThatAreToBeTheSameHaveTheSameRandomness() {
    try (GuestSession one = fork(new Identity.Same());
        GuestSession other = fork(new Identity.Same())) {
      assertEquals(random(one), random(other));
      assertEquals("0", one.command(RESEEDED + " || true"));
    }
  }

  @Test
  void aForkOfAForkIsReseededAgain() {
    try (GuestSession fork = fork(fresh(1))) {
      String before = random(fork);
      try (GuestSession one = fork.fork(Tier.AUTO.engine(), fresh(2));
          GuestSession same = fork.fork(Tier.AUTO.engine(), new Identity.Same())) {
        assertEquals("2", one.command(RESEEDED));
        assertEquals("1", same.command(RESEEDED));
        assertEquals(3, Set.of(before, random(one), random(same)).size());
      }
    }
  }
}
