package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ConsoleWatchTest {
  private final ConsoleWatch watch = new ConsoleWatch("~ # ");

  private void print(String text) {
    byte[] bytes = (text + "not yet read").getBytes(StandardCharsets.ISO_8859_1);
    watch.append(bytes, text.length());
  }

  @Test
  void aPromptThatArrivesByteByByteIsSeen() {
    for (String part : "Welcome\r\n~~ #".split("")) {
      print(part);
      assertFalse(watch.seen());
    }
    print(" ");
    assertTrue(watch.seen());
  }

  @Test
  void aPromptStaysSeenWhateverFollows() {
    print("...\n~ # \033[6n");
    print("more");
    assertTrue(watch.seen());
    assertEquals("...\n~ # \033[6nmore", watch.text());
  }

  @Test
  void bytesThatAreNoCharactersDoNotHideThePrompt() {
    print("\u00e2~ # ");
    assertTrue(watch.seen());
  }
}
