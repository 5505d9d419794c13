package hospes.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;
import hospes.engine.EngineStatistics;
import hospes.engine.RegionLibrary;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A guest that writes new code all the time must not fill the host with classes.
class ClassUnloadingTest {
  private static final long CODE = CodeGuest.RAM + CodeGuest.PAGE;
  private static final int LIBRARY = 200;
  private static final int ROUND = 1000;
  private static final int SOME_CLASSES = 2 * LIBRARY;
  private static final long SOME_METASPACE = 8 << 20;

  /// The churning guest: writes a function that returns a number, for each of `a1` numbers from a2
  /// on (in the word behind the code), and calls it.
  private static final String CHURN =
      """
      _start: la    s0, next
              ld    s1, 0(s0)
              la    s2, function
              li    a0, 0
              lw    s4, 0(s2)
              lw    s5, 4(s2)
      loop:   slli  t0, s1, 12
              slli  t0, t0, 32
              srli  t0, t0, 32
              li    t1, 0x537
              add   t0, t0, t1
              addi  s1, s1, 1
              sw    t0, 0(s2)
              fence.i
              li    s3, 3
      again:  jalr  ra, 0(s2)
              addi  s3, s3, -1
              bnez  s3, again
              addi  a1, a1, -1
              bnez  a1, loop
              sd    s1, 0(s0)
              wfi
              .balign 8
      next:   .8byte 0
              .balign 4096
      function: lui a0, 0
              srli  a0, a0, 12
              add   a0, a0, a0
              add   a0, a0, s3
              xor   t0, a0, s1
              ret
      """;

  @Test
  void guestThatChurnsCodeLeavesNoClassesBehind() {
    churn(Duration.ZERO);
  }

  @Test
  @Tag("slow")
  void guestThatChurnsCodeForMinutesLeavesNoClassesBehind() {
    churn(Duration.ofMinutes(3));
  }

  /// Goes on for at least three rounds after the first ones.
  private static void churn(Duration time) {
    RegionLibrary library = new RegionLibrary(LIBRARY);
    try (CodeGuest guest =
        new CodeGuest(new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, library))) {
      guest.put(CODE, CHURN);
      // The host's own classes, and what HotSpot notes about them, come with the first rounds.
      long number = rounds(guest, 0, 2);
      Footprint first = Footprint.take();
      long end = System.nanoTime() + time.toNanos();
      do {
        number = rounds(guest, number, 3);
        Footprint now = Footprint.take();
        assertTrue(
            now.classes() <= first.classes() + SOME_CLASSES
                && now.metaspace() <= first.metaspace() + SOME_METASPACE,
            () -> "%s became %s; %s".formatted(first, now, library.statistics()));
      } while (System.nanoTime() < end);
      EngineStatistics.Regions statistics = guest.statistics();
      assertTrue(statistics.made() >= number, statistics::toString);
      assertTrue(statistics.invalidated() >= number - LIBRARY, statistics::toString);
      assertTrue(library.statistics().evicted() >= number - LIBRARY, statistics::toString);
      assertEquals(0, statistics.failed(), () -> library.lastFailure().orElseThrow());
    }
  }

  /// Executes so many rounds of fresh functions; answers the number of the next one.
  private static long rounds(CodeGuest guest, long number, int rounds) {
    long next = number;
    for (int round = 0; round < rounds; round++) {
      // Three calls of each function, which returns twice its number and what is left to do.
      assertEquals(2 * (next + ROUND - 1) + 1, guest.run(CODE, ROUND));
      next += ROUND;
    }
    return next;
  }

  /// What classes take after a collection.
  private record Footprint(long classes, long metaspace) {
    static Footprint take() {
      System.gc();
      long metaspace =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Metaspace"))
              .findFirst()
              .orElseThrow()
              .getUsage()
              .getUsed();
      return new Footprint(
          ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(), metaspace);
    }
  }
}
