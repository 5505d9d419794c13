package hospes.zmachine.screen;

import static hospes.zmachine.screen.Console.print;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.zmachine.screen.Screen.LineEnd;
import hospes.zmachine.screen.Screen.SplitMode;
import org.junit.jupiter.api.Test;

/// What comes out of a pipe. The expectations are what frotz's dumb interface printed.
class PlainScreenTest {
  private final Console console = new Console();
  private final PlainScreen screen = new PlainScreen(console, 5, 24, 80);

  @Test
  void nothingIsWrittenBeforeTheStoryWaits() {
    print(screen, "Hello\n>");
    assertEquals("", console.take());
    screen.awaitLine(0);
    assertEquals("Hello\n>", console.take());
    screen.endLine(new int[] {'g', 'o'}, LineEnd.NEW_LINE);
    print(screen, "Gone.\n\n>");
    screen.awaitLine(0);
    assertEquals("Gone.\n\n>", console.take());
  }

  @Test
  void wordsThatDoNotFitGoToTheNextLine() {
    PlainScreen narrow = new PlainScreen(console, 5, 24, 10);
    print(narrow, "one two three-four incomprehensibilities end\n");
    narrow.end();
    assertEquals("one two\nthree-four\nincomprehe\nnsibilitie\ns end\n", console.take());
  }

  @Test
  void withoutBufferingLinesEndAnywhere() {
    PlainScreen narrow = new PlainScreen(console, 5, 24, 10);
    narrow.bufferMode(0);
    print(narrow, "one two three-four");
    narrow.end();
    assertEquals("one two th\nree-four\n", console.take());
  }

  @Test
  void onlyLinesWithSomethingNewAreWritten() {
    screen.splitWindow(2, SplitMode.KEEP);
    screen.setWindow(Screen.UPPER);
    print(screen, "above");
    screen.setWindow(Screen.LOWER);
    print(screen, "one\ntwo\nthree\nfour\n>");
    screen.awaitKey();
    assertEquals("above\n\none\ntwo\nthree\nfour\n>", console.take());
    screen.endKey();
    screen.setWindow(Screen.UPPER);
    print(screen, "changed");
    screen.setWindow(Screen.LOWER);
    screen.awaitKey();
    assertEquals("changed\n\n>", console.take());
  }

  @Test
  void aPageOfTextEndsWithAnEmptyLine() {
    PlainScreen low = new PlainScreen(console, 5, 4, 10);
    print(low, "1\n2\n3\n4\n5\n6\n7\n");
    low.end();
    assertEquals("1\n2\n3\n\n4\n5\n6\n\n7\n", console.take());
  }

  @Test
  void theUpperWindowIsClippedAndDoesNotScroll() {
    PlainScreen narrow = new PlainScreen(console, 5, 24, 10);
    narrow.splitWindow(2, SplitMode.KEEP);
    narrow.setWindow(Screen.UPPER);
    narrow.setCursor(2, 8);
    print(narrow, "abcdef");
    assertEquals(2, narrow.cursorLine());
    assertEquals(11, narrow.cursorColumn());
    narrow.newLine();
    assertEquals(1, narrow.cursorLine());
    narrow.end();
    assertEquals("       abc\n", console.take());
  }

  @Test
  void theStatusLineOfVersion3IsOnTop() {
    PlainScreen old = new PlainScreen(console, 3, 5, 60);
    old.showStatus(new StatusLine.Score("West of House", -5, 12));
    print(old, "Text\n>");
    old.awaitLine(0);
    assertEquals(
        " West of House                Score: -5       Moves: 12\n\nText\n>", console.take());
    old.showStatus(new StatusLine.Time("Home", 0, 5));
    old.awaitAgain();
    assertEquals(" Home                                   Time: 12:05 am\n\n>", console.take());
  }

  @Test
  void aNarrowStatusLineIsShortened() {
    String text = StatusText.of(new StatusLine.Score("A very long name of a place", 1, 2), 30);
    assertEquals(30, text.length());
    assertEquals(
        " Here          S: 1   M: 2    ", StatusText.of(new StatusLine.Score("Here", 1, 2), 30));
  }

  @Test
  void whatAStoryPrintedOfALineIsNotRepeated() {
    print(screen, ">take");
    screen.awaitLine(4);
    assertEquals(">take", console.take());
    screen.endLine("take lamp".codePoints().toArray(), LineEnd.NEW_LINE);
    print(screen, "Taken.\n>");
    screen.awaitKey();
    assertEquals("Taken.\n>", console.take());
  }

  @Test
  void argumentsWithoutSenseAreIgnored() {
    screen.splitWindow(1000, SplitMode.KEEP);
    print(screen, "x\ny\nz\n");
    screen.setWindow(7);
    screen.eraseWindow(5);
    screen.setWindow(Screen.UPPER);
    screen.setCursor(-1, 0);
    screen.setCursor(1000, 1000);
    print(screen, "abc");
    screen.eraseLine();
    screen.setColour(-5, 99);
    screen.setTextStyle(0xffff);
    assertEquals(0, screen.setFont(3));
    assertEquals(1, screen.setFont(0));
    screen.eraseWindow(-1);
    print(screen, "ok");
    screen.end();
    assertEquals("\n\n\nok\n", console.take(), "each line of a window without height is a page");
  }

  @Test
  void aRestoredScreenGoesOnEqually() {
    screen.splitWindow(1, SplitMode.KEEP);
    print(screen, "Some text and a wor");
    PlainScreen copy = new PlainScreen(console, 5, 10, 20);
    Console.copy(screen, copy);
    assertArrayEquals(screen.toRecord().bytes(), copy.toRecord().bytes());
    print(screen, "d\n>");
    screen.awaitLine(0);
    String expected = console.take();
    print(copy, "d\n>");
    copy.awaitLine(0);
    assertEquals(expected, console.take());
  }
}
