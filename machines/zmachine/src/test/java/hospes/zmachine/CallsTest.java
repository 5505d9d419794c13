package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls and returns by their instruction methods.
final class CallsTest {
  private static final int ROUTINE = 0x2000;
  private static final int GLOBAL = 16;

  private static StoryBuilder builder(int version) {
    return new StoryBuilder(version).at(ROUTINE, 3, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66);
  }

  @Test
  void argumentsTakeTheFirstVariablesAndTheOthersAreZeros() {
    try (Playground playground = new Playground(builder(5))) {
      ZProcessor core = playground.core;
      core.locals[3] = 99;
      long start = Calls.callVs(core, 0x1234, ROUTINE / 4, 7, 8, 0, 3, GLOBAL);

      assertEquals(ROUTINE + 1, start);
      assertEquals(7, core.locals[1]);
      assertEquals(8, core.locals[2]);
      assertEquals(0, core.locals[3]);
      assertTrue(Calls.checkArgCount(core, 2));
      assertFalse(Calls.checkArgCount(core, 3));
      assertEquals(0x1234, Calls.ret(core, 0xfffe));
      assertEquals(0xfffe, core.value(ZProcessor.VARIABLE | GLOBAL));
    }
  }

  @Test
  void untilVersion4TheHeaderTellsWhatVariablesAreAtFirst() {
    try (Playground playground = new Playground(builder(4))) {
      ZProcessor core = playground.core;
      long start = Calls.callVs(core, 0x1234, ROUTINE / 4, 7, 0, 0, 2, 0);

      assertEquals(ROUTINE + 7, start);
      assertEquals(7, core.locals[1]);
      assertEquals(0x3344, core.locals[2]);
      assertEquals(0x5566, core.locals[3]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 2", "4, 4", "5, 4", "7, 4", "8, 8"})
  void packedAddressesAreMultiplied(int version, int scale) {
    try (Playground playground = new Playground(builder(version))) {
      long start = Calls.callVs(playground.core, 0x1234, ROUTINE / scale, 0, 0, 0, 1, 0);

      assertEquals(ROUTINE + (version < 5 ? 7 : 1), start);
    }
  }

  @Test
  void inVersion7AnOffsetIsAdded() {
    StoryBuilder builder =
        builder(7).word(Header.ROUTINES_OFFSET, 0x100).word(Header.STRINGS_OFFSET, 0x80);
    try (Playground playground = new Playground(builder)) {
      ZProcessor core = playground.core;

      assertEquals(ROUTINE + 1, Calls.callVs(core, 0x1234, (ROUTINE - 0x800) / 4, 0, 0, 0, 1, 0));
      assertEquals(0x400 + 40, core.stringAddress(10));
    }
  }

  @Test
  void sevenArgumentsAreTaken() {
    try (Playground playground = new Playground(builder(5).at(ROUTINE, 8))) {
      ZProcessor core = playground.core;
      Calls.callVn2(core, 0x1234, ROUTINE / 4, 1, 2, 3, 4, 5, 6, 7, 8);

      for (int i = 1; i <= 7; i++) {
        assertEquals(i, core.locals[i]);
      }
      assertEquals(0, core.locals[8]);
      assertTrue(Calls.checkArgCount(core, 7));
    }
  }

  @Test
  void routineZeroGivesZero() {
    try (Playground playground = new Playground(builder(5))) {
      ZProcessor core = playground.core;
      core.assign(ZProcessor.VARIABLE | GLOBAL, 5);

      assertEquals(0x1234, Calls.callVs(core, 0x1234, 0, 1, 2, 3, 4, GLOBAL));
      assertEquals(0, core.value(ZProcessor.VARIABLE | GLOBAL));
      assertEquals(0x1234, Calls.call1n(core, 0x1234, 0));
      assertEquals(0, core.calls.depth());
      assertEquals(0, core.calls.pushed());
    }
  }

  @Test
  void aThrowReturnsFromTheCallThatWasCaught() {
    try (Playground playground = new Playground(builder(5))) {
      ZProcessor core = playground.core;
      Calls.callVs(core, 0x1111, ROUTINE / 4, 1, 0, 0, 2, GLOBAL);
      int frame = Calls.catchFrame(core);
      Calls.callVs(core, 0x2222, ROUTINE / 4, 2, 0, 0, 2, GLOBAL);
      Calls.callVs(core, 0x3333, ROUTINE / 4, 3, 0, 0, 2, GLOBAL);

      assertEquals(0x1111, Calls.throwValue(core, 42, frame));
      assertEquals(42, core.value(ZProcessor.VARIABLE | GLOBAL));
      assertInstanceOf(
          ZTrap.IllegalFrame.class, Playground.trap(() -> Calls.throwValue(core, 1, 5)));
    }
  }

  @Test
  void thereAreNoRoutinesOutsideTheStory() {
    try (Playground playground = new Playground(builder(5).at(ROUTINE, 16))) {
      ZProcessor core = playground.core;

      assertInstanceOf(
          ZTrap.IllegalRoutine.class, Playground.trap(() -> Calls.call1n(core, 0, 0xffff)));
      assertInstanceOf(
          ZTrap.IllegalRoutine.class,
          Playground.trap(() -> Calls.call1n(core, 0, ROUTINE / 4)),
          "16 variables");
    }
  }

  @Test
  void theStackOfTheCallerIsOutOfReach() {
    try (Playground playground = new Playground(builder(5))) {
      ZProcessor core = playground.core;
      Variables.push(core, 5);
      Calls.call1n(core, 0x1234, ROUTINE / 4);

      assertInstanceOf(ZTrap.StackUnderflow.class, Playground.trap(() -> Calls.retPopped(core)));
      Variables.push(core, 6);
      assertEquals(0x1234, Calls.retPopped(core));
      assertEquals(5, Variables.pull(core));
    }
  }
}
