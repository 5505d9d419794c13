package hospes.zmachine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
  @Test
  void everyAlphabetIsDecoded() {
    TextStory story = TextStory.version(3);
    int end = story.text(TextStory.FREE, 13, 4, 14, 5, 8, 0, 5, 7, 5, 31, 31);
    assertEquals("hI0 {13})z", story.decode(TextStory.FREE));
    assertEquals(end, new TextDecoder(story).decode(TextStory.FREE, zscii -> {}));
  }

  @Test
  void theLastOfSeveralShiftsCounts() {
    TextStory story = TextStory.version(3);
    story.text(TextStory.FREE, 4, 5, 8, 5, 4, 6);
    assertEquals("0A", story.decode(TextStory.FREE));
  }

  @Test
  void aCharacterIsGivenByItsNumberAndMayBeCutOff() {
    TextStory story = TextStory.version(5);
    story.text(TextStory.FREE, 5, 6, 4, 27, 6, 0, 5, 6, 1);
    assertEquals("{155}a ", story.decode(TextStory.FREE));
  }

  @Test
  void version1ShiftsLockAndItsAlphabetHasNoNewLine() {
    TextStory story = TextStory.version(1);
    story.text(TextStory.FREE, 4, 6, 7, 5, 6, 1, 2, 6, 6, 3, 7, 3, 27, 6);
    assertEquals("ABa{13}Aa0<a", story.decode(TextStory.FREE));
  }

  @Test
  void version2HasOneBankOfAbbreviations() {
    TextStory story = TextStory.version(2);
    story.setWord(TextStory.ABBREVIATIONS + 2 * 3, 0x300 / 2);
    story.text(0x300, 25, 13, 10);
    story.text(TextStory.FREE, 1, 3, 0, 2, 8);
    assertEquals("the C", story.decode(TextStory.FREE));
  }

  @Test
  void abbreviationsOfAllBanksAreInserted() {
    TextStory story = TextStory.version(3);
    story.setWord(TextStory.ABBREVIATIONS + 2 * (64 + 31), 0x300 / 2);
    story.text(0x300, 4, 25, 13, 10);
    story.text(TextStory.FREE, 6, 3, 31, 7);
    assertEquals("aTheb", story.decode(TextStory.FREE));
  }

  @Test
  void aStorysOwnAlphabetKeepsEscapeAndNewLine() {
    TextStory story = TextStory.version(5);
    story.setWord(0x34, 0x100);
    story.latin(
        0x100, "zyxwvutsrqponmlkjihgfedcbaABCDEFGHIJKLMNOPQRSTUVWXYZ??9876543210.,!?_#'\"/:()");
    story.text(TextStory.FREE, 6, 31, 5, 7, 5, 8, 5, 6, 2, 1);
    assertEquals("za{13}9A", story.decode(TextStory.FREE));
  }

  @Test
  void anAbbreviationWithinAnAbbreviationIsRefused() {
    TextStory story = TextStory.version(3);
    story.setWord(TextStory.ABBREVIATIONS, 0x300 / 2);
    story.text(0x300, 1, 0);
    story.text(TextStory.FREE, 1, 0);
    assertThrows(TextException.class, () -> story.decode(TextStory.FREE));
  }

  @Test
  void textThatDoesNotEndIsRefused() {
    TextStory story = new TextStory(3, 0x401);
    assertThrows(TextException.class, () -> story.decode(0x3fe));
    assertThrows(TextException.class, () -> story.decode(0x400));
    assertThrows(TextException.class, () -> story.decode(-2));
  }

  @Test
  void textOfAbbreviationsOnlyEndsSoon() {
    TextStory story = new TextStory(3, 0x20000);
    for (int i = 0; i < 96; i++) {
      story.setWord(TextStory.ABBREVIATIONS + 2 * i, 0x200);
    }
    for (int at = 0x400; at < 0x20000 - 2; at += 2) {
      story.setWord(at, 1 << 10 | 3 << 5 | 6);
    }
    int middle = 0xf000;
    story.setWord(middle - 2, 0x98c6);
    for (int at = 0x400; at < middle - 2; at += 2) {
      story.setWord(at, 0x18c6);
    }
    assertThrows(TextException.class, () -> story.decode(middle));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8})
  void anyBytesAreDecodedOrRefused(int version) {
    Random random = new Random(version);
    for (int i = 0; i < 2000; i++) {
      TextStory story = new TextStory(version, 0x400 + random.nextInt(0x40));
      random.nextBytes(story.bytes);
      story.setByte(0, version);
      try {
        story.decode(random.nextInt(0x500) - 0x40);
        new Zscii(story).fromUnicode(0xe4);
      } catch (TextException refused) {
        // Nothing else may come out.
      }
    }
  }
}
