package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// ZSCII 0 "has no effect in any output stream" (Z-Machine Standards 1.1, 3.8.2.1), whichever
/// instruction prints it, on every tier of the engine.
final class NullCharacterTest {
  private static final int PROPERTIES = 0x500;
  private static final int TEXT = 0x580;
  private static final int BYTES = 0x590;
  private static final int TABLE = 0x700;
  private static final int UNTOUCHED = 0xee;
  private static final int STRING = 0x2000;
  private static final int ROUTINE = 0x2100;

  /// `a`, ZSCII 0 by its number, `b`.
  private static final int[] ENCODED = {6 << 2 | 5 >> 3, (5 & 7) << 5 | 6, 0x80, 7};

  /// An instruction or more, and what is to be seen of what they print.
  private record Printing(String name, int[] code, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Printing> PRINTING =
      List.of(
          new Printing("print", join(new int[] {0xb2}, ENCODED), "ab"),
          // call_1n ROUTINE; there: print_ret
          new Printing("print_ret", new int[] {0x8f, ROUTINE / 4 >> 8, ROUTINE / 4 & 0xff}, "ab\n"),
          new Printing("print_addr", new int[] {0x87, TEXT >> 8, TEXT & 0xff}, "ab"),
          new Printing("print_paddr", new int[] {0x8d, STRING / 4 >> 8, STRING / 4 & 0xff}, "ab"),
          new Printing("print_obj", new int[] {0x9a, 1}, "ab"),
          new Printing("print_char", join(character('a'), character(0), character('b')), "ab"),
          new Printing("print_char 256", join(new int[] {0xe5, 0x3f, 1, 0}, character('b')), "b"),
          new Printing("print_char 1024", join(new int[] {0xe5, 0x3f, 4, 0}, character('b')), "b"),
          new Printing("print_num", new int[] {0xe6, 0x7f, 0}, "0"),
          // print_table BYTES 3 2
          new Printing(
              "print_table", new int[] {0xfe, 0x17, BYTES >> 8, BYTES & 0xff, 3, 2}, "ab\nab"),
          new Printing("print_unicode", join(unicode('a'), unicode(0), unicode('b')), "ab"));

  private enum Tier {
    INTERPRETER(EngineSettings::interpreter),
    TRANSLATOR(EngineSettings::translator),
    AUTO(() -> EngineSettings.auto(Runnable::run));

    private final Supplier<EngineSettings> settings;

    Tier(Supplier<EngineSettings> settings) {
      this.settings = settings;
    }
  }

  private static int[] character(int zscii) {
    return new int[] {0xe5, 0x7f, zscii};
  }

  private static int[] unicode(int codePoint) {
    return new int[] {0xbe, 0x0b, 0x7f, codePoint};
  }

  private static int[] join(int[]... parts) {
    return Stream.of(parts).flatMapToInt(IntStream::of).toArray();
  }

  static List<Arguments> everyInstructionOnEveryTier() {
    return PRINTING.stream()
        .flatMap(printing -> Stream.of(Tier.values()).map(tier -> Arguments.of(printing, tier)))
        .toList();
  }

  private static StoryBuilder story(int[]... code) {
    return new StoryBuilder(5)
        .word(StoryBuilder.OBJECTS + 63 * 2 + 12, PROPERTIES)
        .at(PROPERTIES, join(new int[] {2}, ENCODED))
        .at(TEXT, ENCODED)
        .at(BYTES, 'a', 0, 'b', 'a', 0, 'b')
        .at(TABLE, IntStream.generate(() -> UNTOUCHED).limit(20).toArray())
        .at(STRING, ENCODED)
        .at(ROUTINE, join(new int[] {0, 0xb3}, ENCODED))
        .code(join(join(code), new int[] {0xba}));
  }

  private static Player player(StoryBuilder builder, Tier tier, Map<String, byte[]> files) {
    return new Player(builder, tier.settings.get(), files);
  }

  private static String memory(Player player, int address, int length) {
    byte[] bytes = new byte[length];
    player.memory().read(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("everyInstructionOnEveryTier")
  void theScreenShowsNothing(Printing printing, Tier tier) {
    try (Player player = player(story(printing.code), tier, new HashMap<>())) {
      assertEquals(new StopReason.PoweredOff(0), player.run());

      assertEquals(printing.text.strip(), player.text());
    }
  }

  @ParameterizedTest
  @MethodSource("everyInstructionOnEveryTier")
  void aTableTakesNothing(Printing printing, Tier tier) {
    // output_stream 3 TABLE; …; output_stream -3
    int[] select = {0xf3, 0x4f, 3, TABLE >> 8, TABLE & 0xff};
    int[] deselect = {0xf3, 0x3f, 0xff, 0xfd};
    try (Player player = player(story(select, printing.code, deselect), tier, new HashMap<>())) {
      assertEquals(new StopReason.PoweredOff(0), player.run());

      String text = printing.text.replace('\n', '\r');
      assertEquals(
          "\0" + (char) text.length() + text + (char) UNTOUCHED,
          memory(player, TABLE, text.length() + 3));
      assertEquals("", player.text());
    }
  }

  @ParameterizedTest
  @MethodSource("everyInstructionOnEveryTier")
  void aTranscriptTakesNothing(Printing printing, Tier tier) {
    Map<String, byte[]> files = new HashMap<>();
    // output_stream 2
    try (Player player = player(story(new int[] {0xf3, 0x7f, 2}, printing.code), tier, files)) {
      player.run();
      assertEquals(new StopReason.PoweredOff(0), player.type("log\n"));

      assertEquals(printing.text, new String(files.get("log"), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void keysThatAreNoCharactersLeaveNothingInTheRecordOfCommands(Tier tier) {
    Map<String, byte[]> files = new HashMap<>();
    // output_stream 4; read_char 1 -> g0; read_char 1 -> g1
    int[] code = {0xf3, 0x7f, 4, 0xf6, 0x7f, 1, 0x10, 0xf6, 0x7f, 1, 0x11};
    try (Player player = player(story(code), tier, files)) {
      player.run();
      player.type("log\n");
      assertEquals(new StopReason.PoweredOff(0), player.type("\33[Ax\n"));

      assertEquals(129, player.global(0), "cursor up");
      assertEquals('x', player.global(1));
      assertEquals("x", new String(files.get("log"), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void theStatusLineShowsNothing(Tier tier) {
    // show_status
    StoryBuilder builder =
        new StoryBuilder(3)
            .word(StoryBuilder.GLOBALS, 1)
            .word(StoryBuilder.OBJECTS + 31 * 2 + 7, PROPERTIES)
            .at(PROPERTIES, join(new int[] {2}, ENCODED))
            .code(0xbc, 0xba);
    try (Player player = player(builder, tier, new HashMap<>())) {
      assertEquals(new StopReason.PoweredOff(0), player.run());

      assertTrue(player.text().startsWith("ab "), player.text());
      assertFalse(player.shown.toString(StandardCharsets.UTF_8).contains("\0"));
    }
  }

  /// What is encoded is no output: its length is given, and all of it counts (15, encode_text).
  @Test
  void encodeTextTakesNullLikeAnyCharacter() {
    // encode_text BYTES 3 0 TABLE
    int[] code = {0xfc, 0x14, BYTES >> 8, BYTES & 0xff, 3, 0, TABLE >> 8, TABLE & 0xff};
    for (Tier tier : Tier.values()) {
      try (Player player = player(story(code), tier, new HashMap<>())) {
        assertEquals(new StopReason.PoweredOff(0), player.run());

        // a, then 0 as two characters behind 5 and 6, then b, then padding.
        int[] words = {6 << 10 | 5 << 5 | 6, 7, 5 << 10 | 5 << 5 | 5 | 0x8000};
        StringBuilder expected = new StringBuilder();
        for (int word : words) {
          expected.append((char) (word >> 8)).append((char) (word & 0xff));
        }
        assertEquals(expected.toString(), memory(player, TABLE, 6));
      }
    }
  }
}
