package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private static final Pattern PROMPT = Pattern.compile("~ # ", Pattern.LITERAL);
  private static final Pattern END = Pattern.compile("end ([0-9a-f]{8})\r?\n");

  private final Transcript transcript = new Transcript();

  private void print(String text) {
    byte[] bytes = (text + "not yet read").getBytes(StandardCharsets.ISO_8859_1);
    transcript.append(bytes, text.length());
  }

  @Test
  void aPromptThatArrivesByteByByteIsFound() {
    for (String part : "Welcome\r\n~~ #".split("")) {
      print(part);
      assertFalse(transcript.find(PROMPT).isPresent());
    }
    print(" ");
    assertTrue(transcript.find(PROMPT).isPresent());
  }

  @Test
  void aLineIsFoundOnlyWhenItsEndIsThere() {
    for (String part : "begin\r\nend 0123abcd\r".split("")) {
      print(part);
      assertFalse(transcript.find(END).isPresent());
    }
    print("\n");
    assertEquals("0123abcd", transcript.find(END).orElseThrow().group(1));
  }

  @Test
  void whatWasFoundIsNotFoundAgain() {
    print("end 00000001\r\nend 00000002\r\n~ # ");
    assertEquals("00000001", transcript.find(END).orElseThrow().group(1));
    assertEquals("00000002", transcript.find(END).orElseThrow().group(1));
    assertFalse(transcript.find(END).isPresent());
    assertTrue(transcript.find(PROMPT).isPresent());
    assertFalse(transcript.find(PROMPT).isPresent());
  }

  @Test
  void bytesThatAreNoCharactersDoNotHideThePrompt() {
    print("\u00e2~ # ");
    assertTrue(transcript.find(PROMPT).isPresent());
  }

  @Test
  void theWholeOutputIsKept() {
    print("...\n~ # \033[6n");
    transcript.find(PROMPT);
    print("more");
    assertEquals("...\n~ # \033[6nmore", transcript.text());
  }
}
