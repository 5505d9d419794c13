package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forks of a story share its memory and its code until one of them changes it.
final class ForkTest {
  private static final int ROUTINE = 0x700;

  /// Reads a key and prints it, by code that it writes itself into dynamic memory: `read_char 1 ->
  /// g0`, `storeb ROUTINE 3 g0`, `call_1n ROUTINE`, back to the first. There: `print_char '#'`,
  /// `new_line`, `rtrue`.
  private static StoryBuilder rewriting() {
    return new StoryBuilder(5)
        .code(0xf6, 0x7f, 1, 0x10, 0xe2, 0x1b, 7, 0, 3, 0x10, 0x8f, 1, 0xc0, 0x8c, 0xff, 0xf2)
        .at(ROUTINE, 0, 0xe5, 0x7f, '#', 0xbb, 0xb0);
  }

  private static EngineSettings engine(String name) {
    return name.equals("translator") ? EngineSettings.translator() : EngineSettings.interpreter();
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "translator"})
  void codeThatOneChangesIsTheOthersNoMore(String engine) {
    try (Player parent = new Player(rewriting(), engine(engine), new HashMap<>())) {
      parent.run();
      parent.type("a\n");
      assertEquals("a", parent.printed());
      try (Player child = parent.fork()) {
        child.type("b\n");
        parent.type("c\n");
        child.type("d\n");
        assertEquals("ac", parent.printed());
        assertEquals("bd", child.printed());
        try (Player grandchild = child.fork()) {
          parent.close();
          grandchild.type("ef\n");
          child.type("g\n");
          assertEquals("ef", grandchild.printed());
          assertEquals("bdg", child.printed());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "translator"})
  void aForkGoesOnAsTheOriginalDoes(String engine) {
    try (Player parent = new Player(rewriting(), engine(engine), new HashMap<>())) {
      parent.run();
      parent.type("x\n");
      try (Player child = parent.fork();
          Player restored = parent.restored()) {
        for (String keys : new String[] {"y\n", "zz\n", "a\n"}) {
          parent.type(keys);
          child.type(keys);
          restored.type(keys);
          assertEquals(parent.hash(), child.hash());
          assertEquals(parent.hash(), restored.hash());
        }
      }
    }
  }

  @Test
  void aForkHasNoMemoryOfItsOwnUntilItWrites() {
    try (Player parent = new Player(rewriting())) {
      parent.run();
      long whole = parent.machine.residentBytes();
      assertTrue(whole > FramePool.FRAME_SIZE, "a story of several pages");
      try (Player child = parent.fork()) {
        assertEquals(0, child.machine.ownBytes());
        assertEquals(whole, child.machine.residentBytes());
        child.type("a\n");
        assertEquals(FramePool.FRAME_SIZE, child.machine.ownBytes(), "the page that it wrote");
      }
    }
  }

  @Test
  void aForkPrintsNothing() {
    try (Player parent = new Player(rewriting())) {
      parent.run();
      try (Player child = parent.fork();
          Player restored = parent.restored()) {
        assertEquals(0, child.shown.size());
        assertEquals(0, restored.shown.size());
        child.run();
        assertEquals("", child.printed());
      }
    }
  }

  @Test
  void recordsHaveNoMemory() {
    try (Player player = new Player(rewriting())) {
      player.run();
      Map<String, Integer> sizes = new HashMap<>();
      player.machine.freeze().records().forEach(one -> sizes.put(one.name(), one.bytes().length));
      assertEquals(4 + 8, sizes.get("zmachine"));
      assertTrue(sizes.getOrDefault("processor", 1000) < 1000, sizes.toString());
    }
  }

  @Test
  void aResetBeginsTheStoryAnew() {
    try (Player player = new Player(rewriting())) {
      player.run();
      player.type("a\n");
      assertEquals('a', player.memory().read(ROUTINE + 3, 1));

      Map<String, StateRecord> records = new LinkedHashMap<>();
      player.machine.save(one -> records.put(one.name(), one));
      RecordWriter resets = new RecordWriter();
      resets.putLong(player.machine.instructions());
      resets.putInt(3);
      resets.putInt(0);
      resets.putString("");
      records.put("loop", new StateRecord("loop", 1, resets.toByteArray()));
      Snapshot snapshot = new Snapshot();
      records.values().forEach(snapshot::add);
      long before = player.machine.instructions();
      player.machine.restore(snapshot);

      assertEquals(new StopReason.Reset(), player.runAlone());
      assertEquals('#', player.memory().read(ROUTINE + 3, 1));
      assertEquals(before, player.machine.instructions());
      player.run();
      player.type("b\n");
      assertEquals('b', player.memory().read(ROUTINE + 3, 1));
    }
  }
}
