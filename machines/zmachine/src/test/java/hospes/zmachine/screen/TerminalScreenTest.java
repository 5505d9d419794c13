package hospes.zmachine.screen;

import static hospes.zmachine.screen.Console.print;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.zmachine.screen.Screen.SplitMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
  private final Console console = new Console();
  private final TerminalScreen screen = new TerminalScreen(console, 5, 6, 20);
  private final Terminal terminal = new Terminal(6, 20);

  private void show() {
    terminal.write(console.take());
  }

  @Test
  void theTerminalShowsBothWindows() {
    screen.splitWindow(1, SplitMode.KEEP);
    screen.setWindow(Screen.UPPER);
    screen.setTextStyle(1);
    print(screen, "Kitchen");
    screen.setTextStyle(0);
    screen.setWindow(Screen.LOWER);
    print(screen, "You are in the kitchen now.\n\n>");
    screen.awaitLine(0);
    show();
    assertEquals("Kitchen\nYou are in the\nkitchen now.\n\n>", terminal.text());
    assertEquals("5,2", terminal.cursor());
    assertTrue(terminal.isReverse(0, 0));
    assertFalse(terminal.isReverse(0, 7));
  }

  @Test
  void aPageWaitsForAKey() {
    UserInput input = new UserInput(screen, Console.zscii());
    print(screen, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n>");
    input.beginKey();
    show();
    assertEquals("1\n2\n3\n4\n5\n[MORE]", terminal.text());
    input.type(bytes("x"));
    assertTrue(input.pollKey().isEmpty(), "the key turned the page only");
    show();
    assertEquals("6\n7\n8\n9\n10\n[MORE]", terminal.text());
    input.type(bytes(" "));
    assertTrue(input.pollKey().isEmpty());
    show();
    assertEquals("8\n9\n10\n11\n12\n>", terminal.text());
    input.type(bytes("y"));
    assertEquals('y', input.pollKey().orElseThrow());
    assertTrue(terminal.lost().startsWith("1\n2\n3"), "what scrolled out can be looked back at");
  }

  @Test
  void theEndShowsAllThatWasHeldBack() {
    print(screen, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\nend");
    screen.end();
    show();
    assertEquals("9\n10\n11\n12\nend", terminal.text());
  }

  @Test
  void typedTextIsShownAndBecomesText() {
    UserInput input = new UserInput(screen, Console.zscii());
    print(screen, ">");
    input.beginLine(40, new int[0], key -> false);
    input.type(bytes("take lammp\033[D\033[D\177"));
    assertTrue(input.pollLine().isEmpty());
    show();
    assertEquals(">take lamp", terminal.text());
    assertEquals("1,9", terminal.cursor());
    input.type(bytes("\r"));
    assertEquals(13, input.pollLine().orElseThrow());
    print(screen, "Taken.");
    screen.awaitKey();
    show();
    assertEquals(">take lamp\nTaken.", terminal.text());
  }

  @Test
  void aLineLongerThanTheTerminalMovesToTheLeft() {
    UserInput input = new UserInput(screen, Console.zscii());
    print(screen, ">");
    input.beginLine(40, new int[0], key -> false);
    input.type(bytes("0123456789abcdefghijklmnop"));
    input.pollLine();
    show();
    assertEquals(">89abcdefghijklmnop", terminal.text());
    assertEquals("1,20", terminal.cursor());
  }

  @Test
  void aRoutineMayPrintWhileTheUserTypes() {
    UserInput input = new UserInput(screen, Console.zscii());
    print(screen, ">");
    input.beginLine(40, new int[0], key -> false);
    input.type(bytes("go no"));
    input.pollLine();
    input.suspend();
    print(screen, "\nTick!\n>");
    input.resume();
    show();
    assertEquals(">\nTick!\n>go no", terminal.text());
    input.abandonLine();
    assertArrayEquals("go no".chars().toArray(), input.line());
  }

  @Test
  void anotherSizeShowsEverythingAnew() {
    UserInput input = new UserInput(screen, Console.zscii());
    screen.splitWindow(1, SplitMode.KEEP);
    screen.setWindow(Screen.UPPER);
    print(screen, "above");
    screen.setWindow(Screen.LOWER);
    print(screen, "2\n3\n4\n>");
    input.beginLine(40, new int[0], key -> false);
    input.type(bytes("x"));
    input.pollLine();
    input.resize(4, 30);
    assertEquals(4, screen.lines());
    assertEquals(30, screen.columns());
    Terminal smaller = new Terminal(4, 30);
    console.take();
    input.type(bytes("\014"));
    smaller.write(console.take());
    assertEquals("above\n3\n4\n>x", smaller.text());
    input.resize(0, 0);
    input.resize(999, 999);
    assertEquals(255, screen.lines());
  }

  @Test
  void coloursAndStylesAreTold() {
    screen.setColour(3, 9);
    screen.setTextStyle(2);
    screen.setTextStyle(4);
    print(screen, "a");
    screen.setTrueColour(0x7fff, -1);
    print(screen, "b");
    screen.awaitKey();
    String sent = console.take();
    assertTrue(sent.contains("\033[0;1;3;31;47ma\033[0;1;3;38;2;255;255;255mb"), sent);
  }

  @Test
  void aRestoredTerminalGoesOnEqually() {
    UserInput input = new UserInput(screen, Console.zscii());
    print(screen, "1\n2\n3\n4\n5\n6\n7\n8\n>");
    input.beginLine(40, new int[0], key -> key == 129);
    input.type(bytes("abc\033["));
    TerminalScreen screenCopy = new TerminalScreen(console, 5, 24, 80);
    UserInput copy = new UserInput(screenCopy, Console.zscii());
    Console.copy(screen, screenCopy);
    Console.copy(input, copy);
    console.take();
    input.type(bytes("A"));
    assertEquals(129, input.pollLine().orElseThrow());
    String expected = console.take();
    copy.type(bytes("A"));
    assertEquals(129, copy.pollLine().orElseThrow());
    assertEquals(expected, console.take());
    assertArrayEquals(input.line(), copy.line());
    assertArrayEquals(screen.toRecord().bytes(), screenCopy.toRecord().bytes());
  }

  @Test
  void whateverAStoryDoesTheTerminalShowsTheGrid() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      TerminalScreen tested = new TerminalScreen(console, 3 + random.nextInt(3), 6, 20);
      Terminal shown = new Terminal(6, 20);
      for (int step = 0; step < 60; step++) {
        act(tested, random);
      }
      tested.awaitKey();
      while (tested.isPaused()) {
        tested.turnPage();
      }
      shown.write(console.take());
      String before = shown.text();
      tested.resize(6, 20);
      shown.write(console.take());
      assertEquals(shown.text(), before);
    }
  }

  private static void act(Screen screen, Random random) {
    switch (random.nextInt(12)) {
      case 0 -> screen.splitWindow(random.nextInt(8) - 1, SplitMode.KEEP);
      case 1, 2 -> screen.setWindow(random.nextInt(2));
      case 3 -> screen.eraseWindow(random.nextInt(4) - 2);
      case 4 -> screen.setCursor(random.nextInt(8), random.nextInt(22));
      case 5 -> screen.eraseLine();
      case 6 -> screen.setTextStyle(random.nextInt(9));
      case 7 -> screen.setColour(random.nextInt(12), random.nextInt(12));
      case 8 -> screen.bufferMode(random.nextInt(2));
      case 9 -> screen.showStatus(new StatusLine.Score("Here", random.nextInt(5), 3));
      default ->
          print(screen, "word ".repeat(random.nextInt(6)) + (random.nextBoolean() ? "\n" : ""));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
