package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.Ask;
import hospes.machine.Delivery;
import hospes.machine.PortName;
import hospes.machine.RecordWriter;
import hospes.machine.Reply;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.machine.StopReason;
import hospes.testkit.MemoryFolder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stories and the files of their folder, which the host has: they wait for its answers, and go on
/// waiting in forks and restored machines.
final class FileUseTest {
  private static final StopReason WAITING = new StopReason.Idle(Long.MAX_VALUE);
  private static final int TABLE = 0x700;

  /// `inc g0`, `save -> g1`, `print_num g1`, `restore -> g1`, `print_num g1`, `quit`.
  private static StoryBuilder saving() {
    return new StoryBuilder(5)
        .code(
            0x95, 0x10, 0xbe, 0, 0xff, 0x11, 0xe6, 0xbf, 0x11, 0xbe, 1, 0xff, 0x11, 0xe6, 0xbf,
            0x11, 0xba);
  }

  /// `save TABLE 4 -> g1`, `storeb TABLE 0 9`, `restore TABLE 4 -> g1`, `quit`.
  private static StoryBuilder tables() {
    return new StoryBuilder(5)
        .at(TABLE, 1, 2, 3, 4)
        .code(0xbe, 0, 0x1f, 7, 0, 4, 0x11)
        .at(StoryBuilder.CODE + 7, 0xe2, 0x17, 7, 0, 0, 9)
        .at(StoryBuilder.CODE + 13, 0xbe, 1, 0x1f, 7, 0, 4, 0x11, 0xba);
  }

  /// Prints what is read, key by key, with a transcript: `output_stream 2`, then again and again
  /// `read_char 1 -> g0`, `print_char g0`; `q` ends it.
  private static StoryBuilder transcribing() {
    return new StoryBuilder(5)
        .code(
            0xf3, 0x7f, 2, 0xf6, 0x7f, 1, 0x10, 0xe5, 0xbf, 0x10, 0x41, 0x10, 'q', 0xc5, 0x8c, 0xff,
            0xf4, 0xba);
  }

  private static String text(Player player, String file) {
    return new String(Objects.requireNonNull(player.files.get(file)), StandardCharsets.UTF_8);
  }

  private static void answer(Player player) {
    assertTrue(player.folder.serve(player.machine.inbox()));
    player.runAlone();
  }

  @Test
  void nothingIsExecutedBeforeTheHostHasAnswered() {
    try (Player player = new Player(saving())) {
      player.run();
      long before = player.machine.instructions();
      player.post("mine\n\n");
      for (String stage : new String[] {"whether it is there", "written", "read"}) {
        assertEquals(WAITING, player.runAlone(), stage);
        assertEquals(WAITING, player.runAlone(), stage);
        assertEquals(1, player.folder.open().size(), stage);
        if (!stage.equals("read")) {
          assertEquals(before, player.machine.instructions(), stage);
        }
        assertTrue(player.folder.serve(player.machine.inbox()));
      }
      // It went on from where it was saved, and wants to restore once more.
      assertInstanceOf(StopReason.Idle.class, player.runAlone());
      assertEquals(2, player.global(1));
    }
  }

  @Test
  void theStagesOfASaveAreThese() {
    try (Player player = new Player(saving())) {
      player.run();
      player.post("mine\n");
      player.runAlone();
      assertEquals(
          List.of(new MemoryFolder.Asked(PortName.FILES, 1, new Ask.Stat("mine"))),
          player.folder.open());
      answer(player);
      MemoryFolder.Asked written = player.folder.open().getFirst();
      assertEquals(2, written.request());
      assertEquals("mine", assertInstanceOf(Ask.Replace.class, written.what()).path());
      answer(player);
      assertEquals(List.of(), player.folder.open());
    }
  }

  /// Stops in front of each answer of the host in turn, and has a fork and a restored machine go on
  /// from there beside the original.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void forksAndRestoredMachinesAskAgain(int answers) {
    try (Player original = new Player(saving())) {
      original.runAlone();
      original.post("mine\n\nn\nother\n");
      original.runAlone();
      for (int i = 0; i < answers; i++) {
        answer(original);
      }
      try (Player fork = original.fork();
          Player restored = original.restored()) {
        assertEquals(original.folder.open().toString().length() > 2, !fork.folder.open().isEmpty());
        assertEquals(original.hash(), fork.hash());
        assertEquals(original.hash(), restored.hash());
        for (Player copy : new Player[] {fork, restored}) {
          assertEquals(
              original.folder.open().stream().map(MemoryFolder.Asked::request).toList(),
              copy.folder.open().stream().map(MemoryFolder.Asked::request).toList());
        }
        StopReason end = original.run();
        for (Player copy : new Player[] {fork, restored}) {
          assertEquals(end, copy.run());
          assertEquals(original.hash(), copy.hash());
          assertEquals(original.files.keySet(), copy.files.keySet());
          assertArrayEquals(original.files.get("mine"), copy.files.get("mine"));
          assertEquals(original.machine.instructions(), copy.machine.instructions());
        }
      }
    }
  }

  @Test
  void tablesAreSavedAndRestored() {
    try (Player player = new Player(tables())) {
      player.run();
      player.type("t\n");
      assertArrayEquals(new byte[] {1, 2, 3, 4}, player.files.get("t"));
      assertEquals(9, player.memory().read(TABLE, 1));

      assertEquals(new StopReason.PoweredOff(0), player.type("t\n"));
      assertEquals(1, player.memory().read(TABLE, 1));
      assertEquals(4, player.global(1));
    }
  }

  @Test
  void aRefusalIsToldAndTheStoryGoesOn() {
    try (Player player = new Player(saving())) {
      player.run();
      player.folder.answerAlways(
          Optional.of(new Reply.Refused(Reply.Problem.NO_SPACE, "the disk is full")));
      player.type("mine\n");
      assertTrue(player.text().contains("cannot write mine: the disk is full"), player.text());
      assertEquals(0, player.global(1));

      player.folder.answerAlways(Optional.empty());
      assertEquals(new StopReason.PoweredOff(0), player.type("none\n"));
      assertTrue(player.text().contains("cannot read none: there is no such file"), player.text());
    }
  }

  @Test
  void withoutAFolderThereAreNoFiles() {
    try (Player player = new Player(saving())) {
      player.folder.answerAlways(Optional.of(new Reply.Refused(Reply.Problem.NOT_ALLOWED, "")));
      player.run();
      player.type("mine\n");
      assertTrue(player.text().contains("this story may use no files"), player.text());
      assertEquals(0, player.global(1));
    }
  }

  @Test
  void aTranscriptGoesOnInARestoredMachine() {
    try (Player original = new Player(transcribing())) {
      original.run();
      original.type("log\n");
      original.type("a\n");
      original.post("b\nc\n");
      original.runAlone(); // what was printed for b is on its way
      assertEquals(1, original.folder.open().size());
      try (Player restored = original.restored();
          Player fork = original.fork()) {
        for (Player one : new Player[] {original, restored, fork}) {
          one.run();
          assertEquals(new StopReason.PoweredOff(0), one.type("q\n"));
          assertEquals("abcq", text(one, "log"));
        }
        assertEquals(original.hash(), restored.hash());
        assertEquals(original.hash(), fork.hash());
      }
    }
  }

  @Test
  void aTranscriptThatCannotBeWrittenEnds() {
    try (Player player = new Player(transcribing())) {
      player.run();
      player.type("log\n");
      player.folder.answerAlways(
          Optional.of(new Reply.Refused(Reply.Problem.HOST_ERROR, "it broke")));
      player.type("a\n");
      assertTrue(
          player.text().contains("the transcript ends here: cannot write to log: it broke"),
          player.text());
      assertEquals(0, player.memory().read(Header.FLAGS2 + 1, 1) & Header.TRANSCRIPT);

      assertEquals(new StopReason.PoweredOff(0), player.type("bq\nq\n"));
      assertEquals("", text(player, "log"));
    }
  }

  @Test
  void theEndOfAStoryIsInItsTranscript() {
    // output_stream 2; print_char 'x'; then division by zero, or quit.
    int[][] ends = {{0x17, 1, 0, 0}, {0xba}};
    for (int[] end : ends) {
      StoryBuilder builder =
          new StoryBuilder(5).code(0xf3, 0x7f, 2, 0xe5, 0x7f, 'x').at(StoryBuilder.CODE + 6, end);
      try (Player player = new Player(builder)) {
        player.run();
        StopReason reason = player.type("log\n");
        assertEquals(end.length > 1, reason instanceof StopReason.Stuck, reason.toString());
        assertEquals("x", text(player, "log"));
        assertEquals(reason, player.run(), "it stays so");
      }
    }
  }

  @Test
  void thePowerButtonDoesNotWaitForTheHost() {
    try (Player player = new Player(transcribing())) {
      player.run();
      player.type("log\n");
      player.post("a\n");
      player.runAlone();
      player.machine.inbox().post(Delivery.powerButton());
      assertEquals(new StopReason.PoweredOff(0), player.runAlone());
      assertTrue(player.folder.serve(player.machine.inbox()));
      assertEquals(new StopReason.PoweredOff(0), player.runAlone());
      assertEquals("a", text(player, "log"));
    }
  }

  @Test
  void whatIsTypedIsWrittenDown() {
    MemoryFolder folder = new MemoryFolder(new HashMap<>());
    try (Player player =
        new Player(
            ZStory.of("s.z5", transcribing().file()).seed(1).scriptOut("out").plan(),
            EngineSettings.interpreter(),
            folder)) {
      player.run();
      player.type("log\n");
      player.post("a\n");
      player.runAlone();
      assertEquals(WAITING, player.runAlone(), "it waits until that is written");
      try (Player fork = player.fork()) {
        fork.type("f\n");
        assertEquals("a\nf\n", fork.folder.script());
      }
      player.run();
      assertEquals("log\na\n", folder.script());

      folder.answerAlways(Optional.of(new Reply.Refused(Reply.Problem.NO_SPACE, "full")));
      player.type("b\n");
      folder.answerAlways(Optional.empty());
      player.type("c\n");
      assertEquals("log\na\n", folder.script(), "once it broke it is over");
      assertTrue(player.text().endsWith("c"), player.text());
    }
  }

  @Test
  void answersThatNobodyWaitsForChangeNothing() {
    try (Player player = new Player(saving())) {
      player.run();
      String before = player.hash();
      for (PortName port : new PortName[] {PortName.FILES, Script.PORT}) {
        for (long request : new long[] {0, 1, 99}) {
          player.machine.inbox().post(Delivery.answer(port, request, new Reply.Done()));
        }
      }
      player.run();
      assertEquals(before, player.hash());
    }
  }

  @Test
  void snapshotsWhosePartsContradictEachOtherAreRefused() {
    try (Player player = new Player(saving());
        Player other = new Player(saving())) {
      player.run();
      Map<String, StateRecord> records = new HashMap<>();
      player.machine.save(one -> records.put(one.name(), one));
      RecordWriter restoring = new RecordWriter();
      restoring.putInt(1);
      restoring.putInt(FilePurpose.RESTORE.ordinal());
      restoring.putString("x");
      restoring.putBoolean(false);
      assertNotEquals(null, records.get("files.use"));
      records.put("files.use", new StateRecord("files.use", 1, restoring.toByteArray()));
      Snapshot forged = new Snapshot();
      records.values().forEach(forged::add);
      assertThrows(SnapshotException.class, () -> other.machine.restore(forged));
    }
  }
}
