package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lines and streams, by stories of a few instructions.
final class ReadingTest {
  private static final int TEXT = 0x500;
  private static final int PARSE = 0x580;

  private static StoryBuilder reading(int version, int... before) {
    StoryBuilder builder = new StoryBuilder(version).at(TEXT, 10).at(PARSE, 4);
    int[] read = {0xe4, 0x0f, TEXT >> 8, TEXT & 0xff, PARSE >> 8, PARSE & 0xff, 0x10, 0xba};
    if (version < 5) {
      read[6] = 0xba;
    }
    int[] code = java.util.Arrays.copyOf(before, before.length + read.length);
    System.arraycopy(read, 0, code, before.length, read.length);
    return builder.code(code);
  }

  private static String memory(Player player, int address, int length) {
    byte[] bytes = new byte[length];
    player.memory().read(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void fromVersion5ALineHasItsLengthInFront() {
    try (Player player = new Player(reading(5))) {
      player.run();

      assertEquals(new StopReason.PoweredOff(0), player.type("Take It\n"));
      assertEquals("\12\7take it", memory(player, TEXT, 9));
      assertEquals(13, player.global(0), "what ended the line");
      assertEquals("\4\2\0\0\4\2\0\0\2\7", memory(player, PARSE, 10));
    }
  }

  @Test
  void untilVersion4ALineEndsWithAZero() {
    try (Player player = new Player(reading(3))) {
      player.run();

      assertEquals(new StopReason.PoweredOff(0), player.type("Take It\n"));
      assertEquals("\12take it\0", memory(player, TEXT, 9));
    }
  }

  @Test
  void noLineIsLongerThanItsBuffer() {
    try (Player player = new Player(reading(5))) {
      player.run();
      player.type("abcdefghijklmnop\n");
      assertEquals("\12\12abcdefghij\0", memory(player, TEXT, 13));
    }
    try (Player player = new Player(reading(3))) {
      player.run();
      player.type("abcdefghijklmnop\n");
      assertEquals("\12abcdefghi\0\0", memory(player, TEXT, 12));
    }
  }

  @Test
  void whatTheStoryTypedBeforeIsPartOfTheLine() {
    try (Player player = new Player(reading(5).at(TEXT, 10, 2, 'g', 'o'))) {
      player.run();
      player.type("ld\n");

      assertEquals("\12\4gold", memory(player, TEXT, 6));
    }
  }

  @Test
  void textGoesToATableInsteadOfTheScreen() {
    // output_stream 3 0x600; print_char 'a'; output_stream -3; print_char 'b'; quit
    StoryBuilder builder =
        new StoryBuilder(5)
            .code(
                0xf3, 0x4f, 3, 6, 0, 0xe5, 0x7f, 'a', 0xf3, 0x3f, 0xff, 0xfd, 0xe5, 0x7f, 'b',
                0xba);
    try (Player player = new Player(builder)) {
      player.run();

      assertEquals("b", player.text());
      assertEquals("\0\1a", memory(player, 0x600, 3));
    }
  }

  @Test
  void seventeenTablesAreTooMany() {
    // output_stream 3 0x600; back to it
    StoryBuilder builder = new StoryBuilder(5).code(0xf3, 0x4f, 3, 6, 0, 0x8c, 0xff, 0xfa);
    try (Player player = new Player(builder)) {
      StopReason.Stuck stuck = assertInstanceOf(StopReason.Stuck.class, player.run());
      assertTrue(stuck.why().contains("more tables"), stuck.why());
    }
  }

  @Test
  void aTranscriptHasWhatIsPrintedAndTyped() {
    Map<String, byte[]> files = new HashMap<>();
    // output_stream 2; print_char '>'
    StoryBuilder builder = reading(5, 0xf3, 0x7f, 2, 0xe5, 0x7f, '>');
    try (Player player = new Player(builder, hospes.engine.EngineSettings.interpreter(), files)) {
      player.run();
      assertTrue(player.text().endsWith("[story.scr]:"), player.text());
      player.type("log\n");
      player.type("look\n");

      assertEquals(">look\n", new String(files.get("log"), StandardCharsets.UTF_8));
    }
  }

  @Test
  void withoutAFileThereIsNoTranscript() {
    StoryBuilder builder = reading(5, 0xf3, 0x7f, 2, 0xe5, 0x7f, '>');
    try (Player player = new Player(builder)) {
      player.run();
      player.type("../log\n");

      assertEquals(new StopReason.PoweredOff(0), player.type("look\n"));
      assertEquals(0, player.files.size());
      assertEquals("\0", memory(player, Header.FLAGS2 + 1, 1), "and the story can see that");
    }
  }

  @Test
  void commandsAreRecordedAndPlayedBack() {
    Map<String, byte[]> files = new HashMap<>();
    try (Player player =
        new Player(reading(5, 0xf3, 0x7f, 4), hospes.engine.EngineSettings.interpreter(), files)) {
      player.run();
      player.type("log\n");
      player.type("look\n");
      assertEquals("look\n", new String(files.get("log"), StandardCharsets.UTF_8));
    }
    try (Player player =
        new Player(reading(5, 0xf4, 0x7f, 1), hospes.engine.EngineSettings.interpreter(), files)) {
      player.run();

      assertEquals(new StopReason.PoweredOff(0), player.type("log\n"));
      assertEquals("\12\4look", memory(player, TEXT, 6));
    }
  }

  @Test
  void buffersOutsideMemoryEndTheStory() {
    StoryBuilder builder = new StoryBuilder(5).code(0xe4, 0x0f, 0xff, 0xf0, 0xff, 0xf8, 0x10, 0xba);
    try (Player player = new Player(builder)) {
      assertInstanceOf(StopReason.Stuck.class, player.run());
    }
  }
}
