package hospes.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;
import hospes.engine.EngineStatistics;
import hospes.engine.RegionLibrary;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// What guests get from the library, and what they must not get.
class SharedRegionsTest {
  private static final long CODE = CodeGuest.RAM + CodeGuest.PAGE;
  private static final long ELSEWHERE = CodeGuest.RAM + 5 * CodeGuest.PAGE;
  private static final long MANY = 5000;

  /// Adds up 3 `a1` times, calling a function for it.
  private static final String SUM =
      """
      _start: li    a0, 0
      loop:   jal   ra, add
              addi  a1, a1, -1
              bnez  a1, loop
              wfi
      add:    addi  a0, a0, 1
              addi  a0, a0, 2
              ret
      """;

  private final RegionLibrary library = new RegionLibrary();
  private final EngineSettings settings = EngineSettings.auto(Runnable::run, library);

  @Test
  void secondGuestOfTheSameCodeTranslatesNothing() {
    EngineStatistics.Regions first = sum(settings, CODE, MANY);
    long made = library.statistics().made();
    EngineStatistics.Regions second = sum(settings, CODE, MANY);
    assertTrue(first.made() > 0, first::toString);
    assertEquals(0, first.shared(), first::toString);
    assertEquals(0, second.made(), second::toString);
    assertTrue(second.shared() > 0, second::toString);
    assertEquals(made, library.statistics().made());
    assertEquals(second.shared(), library.statistics().shared());
  }

  @Test
  void sameCodeAtAnotherAddressIsTheSameCode() {
    EngineStatistics.Regions _ = sum(settings, CODE, MANY);
    EngineStatistics.Regions second = sum(settings, ELSEWHERE, MANY);
    assertEquals(0, second.made(), second::toString);
    assertTrue(second.shared() > 0, second::toString);
  }

  @Test
  void knownCodeIsTranslatedCodeFromTheStart() {
    EngineStatistics.Regions _ = sum(settings, CODE, MANY);
    EngineStatistics.Regions second = sum(settings, CODE, 5);
    assertTrue(second.installed() > 0, second::toString);
  }

  @Test
  void codeThatOnlyBeginsAlikeIsNotTaken() {
    String begin =
        """
        _start: li    a0, 0
        loop:   addi  a0, a0, 1
                addi  a0, a0, 2
                addi  a0, a0, 3
                addi  a0, a0, 4
        """;
    String end =
        """
                addi  a1, a1, -1
                bnez  a1, loop
                wfi
        """;
    EngineStatistics.Regions one = run(begin + "addi a0, a0, 5\n" + end, 15 * MANY);
    EngineStatistics.Regions other = run(begin + "addi a0, a0, 6\n" + end, 16 * MANY);
    assertTrue(one.made() > 0, one::toString);
    assertTrue(other.made() > 0, other::toString);
    assertEquals(0, other.shared(), other::toString);
  }

  @Test
  void writingCodeTakesTheRegionAwayUntilTheCodeIsBack() {
    try (CodeGuest guest = new CodeGuest(settings)) {
      guest.put(CODE, SUM);
      assertEquals(3 * MANY, guest.run(CODE, MANY));
      long made = library.statistics().made();
      guest.put(CODE, SUM.replace("a0, a0, 2", "a0, a0, 7"));
      EngineStatistics.Regions written = guest.statistics();
      assertTrue(written.invalidated() > 0, written::toString);
      assertEquals(8 * 5, guest.run(CODE, 5));
      assertEquals(made, library.statistics().made(), "five rounds are not worth a translation");
      guest.put(CODE, SUM);
      assertEquals(3 * 5, guest.run(CODE, 5));
      EngineStatistics.Regions back = guest.statistics();
      assertTrue(back.installed() > 0, back::toString);
      assertTrue(back.shared() > 0, back::toString);
      assertEquals(made, library.statistics().made());
    }
  }

  @Test
  void instructionInTwoPagesIsAlwaysTheOneInMemory() {
    String program =
        """
        _start: li    a0, 0
        loop:   jal   ra, add
                addi  a1, a1, -1
                bnez  a1, loop
                wfi
                .balign 4096
                .space 4094
        add:    addi  a0, a0, 1
                addi  a0, a0, 2
                ret
        """;
    try (CodeGuest guest =
        new CodeGuest(new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, library))) {
      for (int number = 30; number < 50; number++) {
        guest.put(
            CODE,
            program
                .replace("a0, a0, 1", "a0, a0, " + number)
                .replace("a0, a0, 2", "a0, a0, " + 3 * number));
        assertEquals(4 * number * 100, guest.run(CODE, 100));
      }
    }
  }

  @Test
  void libraryAndGuestsHoldNoMoreThanTheyMay() {
    int most = 16;
    RegionLibrary small = new RegionLibrary(most);
    EngineSettings eager = new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, small);
    try (CodeGuest guest = new CodeGuest(eager)) {
      for (int i = 0; i < 300; i++) {
        long address = CODE + i * CodeGuest.PAGE;
        guest.put(address, SUM.replace("a0, a0, 2", "a0, a0, " + i));
        assertEquals(10L * (i + 1), guest.run(address, 10));
        assertTrue(small.statistics().held() <= most, small.statistics()::toString);
        assertTrue(guest.statistics().installed() <= most, guest.statistics()::toString);
      }
      assertTrue(small.statistics().evicted() > 100, small.statistics()::toString);
      assertTrue(guest.statistics().surplus() > 100, guest.statistics()::toString);
      assertEquals(0, guest.statistics().failed());
    }
  }

  @Test
  void twoGuestsThatWantTheSameAtTheSameTimeShareOneTranslation() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    EngineSettings later = EngineSettings.auto(tasks::add, library);
    try (CodeGuest one = new CodeGuest(later);
        CodeGuest other = new CodeGuest(later)) {
      one.put(CODE, SUM);
      other.put(CODE, SUM);
      assertEquals(3 * MANY, one.run(CODE, MANY));
      assertEquals(3 * MANY, other.run(CODE, MANY));
      int wanted = library.statistics().held();
      assertTrue(wanted > 0);
      tasks.forEach(Runnable::run);
      assertEquals(wanted, library.statistics().made());
      assertEquals(3 * MANY, one.run(CODE, MANY));
      assertEquals(3 * MANY, other.run(CODE, MANY));
      assertEquals(wanted, one.statistics().made());
      assertEquals(0, other.statistics().made());
      assertTrue(other.statistics().installed() > 0, other.statistics()::toString);
    }
  }

  @Test
  void guestWhoseTranslationsAreNeverMadeDoesNotKeepOthersFromTheirs() {
    EngineSettings nobody = EngineSettings.auto(_ -> {}, library);
    EngineStatistics.Regions first = sum(nobody, CODE, MANY);
    assertEquals(0, first.installed());
    EngineStatistics.Regions second = sum(settings, CODE, MANY);
    assertTrue(second.installed() > 0, second::toString);
  }

  @Test
  void hostThatShutsDownDoesNotDisturbTheGuest() {
    EngineSettings closed =
        EngineSettings.auto(
            _ -> {
              throw new RejectedExecutionException("closed");
            },
            library);
    EngineStatistics.Regions statistics = sum(closed, CODE, MANY);
    assertTrue(statistics.rejected() > 0, statistics::toString);
    assertEquals(0, statistics.installed());
  }

  @Test
  void regionThatAlwaysTrapsAtItsBeginningIsGivenUp() {
    String program =
        """
        _start: la    t0, trap
                csrw  mtvec, t0
                li    a0, 0
        loop:   ld    t1, 0(zero)
                addi  a0, a0, 3
                addi  a1, a1, -1
                bnez  a1, loop
                wfi
                .balign 4
        trap:   csrr  t0, mepc
                addi  t0, t0, 4
                csrw  mepc, t0
                mret
        """
            .replace("ld    t1, 0(zero)", ".4byte 0x00003303");
    EngineStatistics.Regions statistics = runEagerly(program, 1000);
    assertTrue(statistics.trapping() > 0, statistics::toString);
  }

  @Test
  void regionThatCanNeverBeEnteredIsGivenUp() {
    String program =
        """
        _start: la    t0, trap
                csrw  mtvec, t0
                li    t0, 0x6000
                csrc  mstatus, t0
                li    a0, 0
        loop:   addi  a0, a0, 3
                fadd.d f0, f0, f0
                addi  a1, a1, -1
                bnez  a1, loop
                wfi
                .balign 4
        trap:   csrr  t0, mepc
                addi  t0, t0, 4
                csrw  mepc, t0
                mret
        """;
    EngineStatistics.Regions statistics = runEagerly(program, 1000);
    assertTrue(statistics.refusing() > 0, statistics::toString);
  }

  private static EngineStatistics.Regions sum(EngineSettings engine, long address, long times) {
    try (CodeGuest guest = new CodeGuest(engine)) {
      guest.put(address, SUM);
      assertEquals(3 * times, guest.run(address, times));
      return guest.statistics();
    }
  }

  private EngineStatistics.Regions run(String program, long expected) {
    try (CodeGuest guest = new CodeGuest(settings)) {
      guest.put(CODE, program);
      assertEquals(expected, guest.run(CODE, MANY));
      return guest.statistics();
    }
  }

  private EngineStatistics.Regions runEagerly(String program, long times) {
    try (CodeGuest plain = new CodeGuest(EngineSettings.interpreter());
        CodeGuest guest =
            new CodeGuest(new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run, library))) {
      plain.put(CODE, program);
      guest.put(CODE, program);
      assertEquals(3 * times, guest.run(CODE, times));
      assertEquals(3 * times, plain.run(CODE, times));
      assertEquals(plain.executed(), guest.executed());
      return guest.statistics();
    }
  }
}
