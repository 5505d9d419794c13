package hospes.zmachine.screen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UserInputTest {
  private final Console console = new Console();
  private final UserInput plain =
      new UserInput(new PlainScreen(console, 5, 24, 80), Console.zscii());
  private final UserInput terminal =
      new UserInput(new TerminalScreen(console, 5, 24, 80), Console.zscii());

  @Test
  void linesArriveOneAfterTheOther() {
    plain.type(bytes("one\r\ntwo\nthr"));
    assertEquals("one", line(plain));
    assertEquals("two", line(plain));
    plain.beginLine(80, new int[0], key -> false);
    assertTrue(plain.pollLine().isEmpty());
    plain.type(bytes("ee\n"));
    assertEquals(13, plain.pollLine().orElseThrow());
    assertArrayEquals("three".chars().toArray(), plain.line());
  }

  @Test
  void aLineIsCutAtItsCapacity() {
    plain.type(bytes("abcdef\n"));
    plain.beginLine(4, new int[] {'x'}, key -> false);
    plain.pollLine();
    assertArrayEquals("xabc".chars().toArray(), plain.line());
  }

  @Test
  void inLinesKeysAreAllButTheReturnThatEndsThem() {
    plain.type(bytes("ab\n\nc rest\nline\n"));
    assertEquals('a', key(plain));
    assertEquals('b', key(plain));
    assertEquals(13, key(plain));
    assertEquals('c', key(plain));
    assertEquals("line", line(plain), "the rest of a line of keys is no line of input");
  }

  @Test
  void onATerminalReturnIsAKey() {
    terminal.type(bytes("a\r"));
    assertEquals('a', key(terminal));
    assertEquals(13, key(terminal));
  }

  @Test
  void keysHaveTheirStandardNumbers() {
    terminal.type(bytes("\033[A\033OB\033[C\033[D\033OP\033[15~\033[24~\033Op\033Oy\177äß€\033"));
    int[] expected = {129, 130, 132, 131, 133, 137, 144, 145, 154, 8, 155, 161, '?', 27};
    for (int key : expected) {
      assertEquals(key, key(terminal));
    }
    assertTrue(terminal.pollKey().isEmpty());
  }

  @Test
  void linesAreEditedAndRemembered() {
    terminal.type(bytes("one two three\027four\001\004O\005!\r"));
    assertEquals("One two four!", line(terminal));
    terminal.type(bytes("second\r"));
    assertEquals("second", line(terminal));
    terminal.type(bytes("xyz\033[A\033[A\r"));
    assertEquals("One two four!", line(terminal));
    terminal.type(bytes("\033[A\033[B\033[B\033[B\025kept\033[H\033[3~\r"));
    assertEquals("ept", line(terminal));
  }

  @Test
  void functionKeysEndALineWhereTheStorySaysSo() {
    terminal.type(bytes("abc\033[Adef\r"));
    terminal.beginLine(80, new int[0], key -> key == 129);
    assertEquals(129, terminal.pollLine().orElseThrow());
    assertArrayEquals("abc".chars().toArray(), terminal.line());
    assertEquals("def", line(terminal));
  }

  @Test
  void anyBytesAreTaken() {
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 3) {
        bytes[0] = 0x1b;
        bytes[1] = '[';
        bytes[2] = (byte) ('0' + random.nextInt(10));
      }
      terminal.type(bytes);
      terminal.beginLine(random.nextInt(300) - 10, new int[] {'a', 3, 500}, key -> key % 2 == 0);
      while (terminal.pollLine().isPresent()) {
        terminal.beginLine(random.nextInt(300) - 10, new int[0], key -> key % 2 == 0);
      }
      for (int character : terminal.line()) {
        assertTrue(character > 0 && character < 256, "no ZSCII: " + character);
      }
      UserInput copy = new UserInput(new TerminalScreen(console, 5, 24, 80), Console.zscii());
      Console.copy(terminal, copy);
      assertArrayEquals(terminal.toRecord().bytes(), copy.toRecord().bytes());
      console.take();
    }
  }

  private static int key(UserInput input) {
    input.beginKey();
    return input.pollKey().orElseThrow();
  }

  private static String line(UserInput input) {
    input.beginLine(80, new int[0], key -> false);
    assertEquals(13, input.pollLine().orElseThrow());
    StringBuilder text = new StringBuilder();
    for (int character : input.line()) {
      text.append((char) character);
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
