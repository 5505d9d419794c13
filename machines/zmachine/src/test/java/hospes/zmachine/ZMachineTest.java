package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The machine around the processor, by stories of a few instructions: that it waits, wakes, ends,
/// goes back, and keeps its whole state in snapshots.
final class ZMachineTest {
  private static final long MAX = Long.MAX_VALUE;
  private static final int SUB = 0x2000;

  /// `read_char 1 -> g0`, `print_num g0`, `quit`.
  private static StoryBuilder echo() {
    return new StoryBuilder(5).code(0xf6, 0x7f, 1, 0x10, 0xe6, 0xbf, 0x10, 0xba);
  }

  /// `inc g0`, `add g1 g0 -> g1`, back to the first.
  private static StoryBuilder counting() {
    return new StoryBuilder(5).code(0x95, 0x10, 0x74, 0x11, 0x10, 0x11, 0x8c, 0xff, 0xf9);
  }

  @Test
  void aStoryPrintsAndEnds() {
    try (Player player =
        new Player(new StoryBuilder(5).code(0xe5, 0x7f, 'o', 0xe5, 0x7f, 'k', 0xba))) {
      assertEquals(new StopReason.PoweredOff(0), player.run());
      assertEquals("ok", player.text());
      assertEquals(3, player.machine.instructions());
      assertEquals(new StopReason.PoweredOff(0), player.run(), "it stays so");
    }
  }

  @Test
  void waitingTakesNoInstructionsUntilAKeyIsPressed() {
    try (Player player = new Player(echo())) {
      assertEquals(new StopReason.Idle(MAX), player.run());
      assertEquals(new StopReason.Idle(MAX), player.run());
      assertEquals(1, player.machine.instructions());
      assertEquals(new StopReason.PoweredOff(0), player.type("a\n"));
      assertTrue(player.text().endsWith("97"), player.text());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 12345})
  void noBudgetIsExceeded(int budget) {
    try (Player player = new Player(counting())) {
      assertEquals(new StopReason.BudgetSpent(), player.machine.run(budget));
      assertEquals(budget, player.machine.instructions());
    }
  }

  @Test
  void translatedCodeCountsAndComputesTheSame() {
    try (Player interpreted = new Player(counting());
        Player translated = new Player(counting(), EngineSettings.translator(), new HashMap<>())) {
      for (int slice : new int[] {1, 10, 999, 5000, 3}) {
        interpreted.machine.run(slice);
        translated.machine.run(slice);
        assertEquals(interpreted.machine.instructions(), translated.machine.instructions());
        assertEquals(interpreted.hash(), translated.hash());
      }
    }
  }

  @Test
  void aWrongStoryEndsWithItsCalls() {
    // call_1n SUB; there: one variable, which is set to 5, and divided by 0.
    StoryBuilder builder =
        new StoryBuilder(5)
            .code(0x8f, SUB / 4 >> 8, SUB / 4 & 0xff, 0xba)
            .at(SUB, 1, 0x0d, 1, 5, 0x57, 1, 0, 0);
    try (Player player = new Player(builder)) {
      StopReason.Stuck stuck = assertInstanceOf(StopReason.Stuck.class, player.run());

      assertEquals(
          """
          the story went wrong at 0x2004: division by zero
            at 0x2004 in the routine at 0x2000, variables 5
            at 0x1003 in the main routine""",
          stuck.why());
      assertEquals(stuck, player.run());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x1f, 0xb5, 0xbc, 0xff})
  void bytesThatAreNoInstructionEndTheStory(int opcode) {
    StoryBuilder builder = new StoryBuilder(5).code(opcode, 0xff, 0xff, 0xff);
    try (Player player = new Player(builder)) {
      assertInstanceOf(StopReason.Stuck.class, player.run());
    }
  }

  @Test
  void leavingTheStoryEndsIt() {
    try (Player player = new Player(new StoryBuilder(5).code(0x8c, 0x7f, 0xff))) {
      StopReason.Stuck stuck = assertInstanceOf(StopReason.Stuck.class, player.run());

      assertTrue(stuck.why().contains("no code can be at 0x9000"), stuck.why());
    }
  }

  /// `read_char 1 10 SUB -> g1`, and the routine counts in g0; when it has counted to three it
  /// returns true.
  private static StoryBuilder timed() {
    return new StoryBuilder(5)
        .code(0xf6, 0x53, 1, 10, SUB / 4 >> 8, SUB / 4 & 0xff, 0x11, 0xe6, 0xbf, 0x11, 0xba)
        // inc g0; je g0 3 ?rtrue; rfalse
        .at(SUB, 0, 0x95, 0x10, 0x41, 0x10, 3, 0xc1, 0xb1);
  }

  @Test
  void aRoutineInterruptsTheUserEveryNowAndThen() {
    try (Player player = new Player(timed())) {
      long first = assertInstanceOf(StopReason.Idle.class, player.run()).wakeAt();
      assertEquals(1_000_000_000, first, 100);
      assertEquals(0, player.global(0));

      long second = assertInstanceOf(StopReason.Idle.class, player.tick(first)).wakeAt();
      assertEquals(1, player.global(0));
      assertEquals(2_000_000_000, second, 100);
      assertEquals(new StopReason.Idle(second), player.tick(second - 1000), "not before its time");
      long third = assertInstanceOf(StopReason.Idle.class, player.tick(second)).wakeAt();
      assertEquals(2, player.global(0));

      assertEquals(new StopReason.PoweredOff(0), player.tick(third));
      assertTrue(player.text().endsWith("0"), "what is read is 0: " + player.text());
    }
  }

  @Test
  void aKeyEndsTheWaitingBeforeTheRoutineDoes() {
    try (Player player = new Player(timed())) {
      player.run();
      player.tick(1_500_000_000);

      assertEquals(new StopReason.PoweredOff(0), player.type("x\n"));
      assertTrue(player.text().endsWith("120"), player.text());
    }
  }

  /// Adds 1 to g0 four times and saves before each; then goes back as often as possible.
  private static StoryBuilder undoing() {
    return new StoryBuilder(5)
        // save_undo -> g1; je g1 2 ?back; inc g0; jl g0 4 ?again
        .code(
            0xbe,
            9,
            0xff,
            0x11,
            0x41,
            0x11,
            2,
            0xc9,
            0x95,
            0x10,
            0x42,
            0x10,
            4,
            0xbf,
            0xf3,
            // back: print_num g0; restore_undo -> g1; quit
            0xe6,
            0xbf,
            0x10,
            0xbe,
            0x0a,
            0xff,
            0x11,
            0xba);
  }

  @Test
  void undoingGoesBackStepByStep() {
    try (Player player = new Player(undoing())) {
      assertEquals(new StopReason.PoweredOff(0), player.run());
      assertEquals("43210", player.text());
    }
  }

  /// `inc g0`, `save -> g1`, `print_num g1`, `restore -> g1`, `print_num g1`, `quit`.
  private static StoryBuilder saving() {
    return new StoryBuilder(5)
        .code(
            0x95, 0x10, 0xbe, 0, 0xff, 0x11, 0xe6, 0xbf, 0x11, 0xbe, 1, 0xff, 0x11, 0xe6, 0xbf,
            0x11, 0xba);
  }

  @Test
  void aStoryIsSavedWhereTheUserSaysAndGoesOnFromThere() {
    Map<String, byte[]> files = new HashMap<>();
    try (Player player = new Player(saving(), EngineSettings.interpreter(), files)) {
      assertInstanceOf(StopReason.Idle.class, player.run());
      assertTrue(player.text().endsWith("[story.qzl]:"), player.text());
      player.type("mine\n");
      assertEquals(java.util.Set.of("mine"), files.keySet());
      assertEquals("FORM", new String(files.get("mine"), 0, 4, StandardCharsets.US_ASCII));
      assertEquals(1, player.global(1));

      player.type("\n");
      assertEquals(2, player.global(1), "as if the save had just been made");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../mine", "/tmp/mine", ".mine", "a\\b", "nothing"})
  void nothingOutsideTheFolderIsTouched(String name) {
    Map<String, byte[]> files = new HashMap<>();
    try (Player player = new Player(saving(), EngineSettings.interpreter(), files)) {
      player.run();
      player.type(name.equals("nothing") ? "ok\n" : name + "\n");
      assertEquals(name.equals("nothing") ? 1 : 0, player.global(1));

      assertEquals(new StopReason.PoweredOff(0), player.type(name + "\n"));
      assertEquals(0, player.global(1));
    }
  }

  @Test
  void anExistingFileIsOverwrittenOnlyIfTheUserWants() {
    Map<String, byte[]> files = new HashMap<>(Map.of("mine", new byte[] {1}));
    try (Player player = new Player(saving(), EngineSettings.interpreter(), files)) {
      player.run();
      player.type("mine\n");
      assertTrue(player.text().endsWith("Overwrite existing file?"), player.text());
      player.type("no\n");

      assertArrayEquals(new byte[] {1}, files.get("mine"));
      assertEquals(0, player.global(1));
    }
  }

  @Test
  void damagedFilesAreRefusedAndNothingChanges() {
    Map<String, byte[]> files = new HashMap<>(Map.of("bad", new byte[] {1, 2, 3}));
    try (Player player = new Player(saving(), EngineSettings.interpreter(), files)) {
      player.run();
      player.type("mine\n");

      assertEquals(new StopReason.PoweredOff(0), player.type("bad\n"));
      assertTrue(player.text().contains("no saved story"), player.text());
      assertEquals(1, player.global(0));
      assertEquals(0, player.global(1));
    }
  }

  @Test
  void aSnapshotHoldsEverythingThatAStoryWaitsFor() {
    StoryBuilder[] builders = {echo(), timed(), saving()};
    for (StoryBuilder builder : builders) {
      try (Player original = new Player(builder);
          Player copy = new Player(builder)) {
        original.run();
        copy.machine.restore(Snapshot.of(original.machine));
        assertEquals(original.hash(), copy.hash());

        assertEquals(original.type("name\n"), copy.type("name\n"));
        assertEquals(original.hash(), copy.hash());
        assertEquals(original.tick(5_000_000_000L), copy.tick(5_000_000_000L));
        assertEquals(original.hash(), copy.hash());
      }
    }
  }

  @Test
  void aSnapshotMayBeTakenBetweenAnyTwoInstructions() {
    StoryBuilder builder = undoing();
    for (int taken = 0; taken < 60; taken++) {
      try (Player original = new Player(builder);
          Player copy = new Player(builder)) {
        original.machine.run(taken);
        copy.machine.restore(Snapshot.of(original.machine));
        original.run();
        copy.run();
        assertEquals(original.hash(), copy.hash(), "taken after " + taken);
      }
    }
  }

  @Test
  void aSnapshotOfAnotherStoryIsRefused() {
    try (Player one = new Player(echo());
        Player other = new Player(saving())) {
      Snapshot snapshot = Snapshot.of(one.machine);
      assertThrows(SnapshotException.class, () -> other.machine.restore(snapshot));
    }
  }

  @Test
  void aNewIdentityHasOtherRandomNumbers() {
    try (Player player = new Player(echo())) {
      player.run();
      String before = player.hash();
      player.machine.inbox().post(Delivery.identity(new byte[32]));
      player.run();

      assertNotEquals(before, player.hash());
    }
  }

  @Test
  void thePowerButtonEndsTheStory() {
    try (Player player = new Player(echo())) {
      player.run();
      player.machine.inbox().post(Delivery.powerButton());

      assertEquals(new StopReason.PoweredOff(0), player.run());
    }
  }

  @Test
  void aRestartBringsMemoryBack() {
    // inc g0; print_num g0; read_char 1 -> g1; restart
    StoryBuilder builder =
        new StoryBuilder(5).code(0x95, 0x10, 0xe6, 0xbf, 0x10, 0xf6, 0x7f, 1, 0x11, 0xb7);
    try (Player player = new Player(builder)) {
      player.run();
      player.type("a\n");

      assertEquals(1, player.global(0));
      assertEquals(0, player.global(1));
      assertEquals(7, player.machine.instructions());
    }
  }
}
