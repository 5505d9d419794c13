package hospes.zmachine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ZsciiTest {
  @Test
  void theUsualTableIsTheStandards() {
    Zscii zscii = new Zscii(TextStory.version(5));
    assertEquals('ä', zscii.toUnicode(155));
    assertEquals('ß', zscii.toUnicode(161));
    assertEquals('á', zscii.toUnicode(169));
    assertEquals('à', zscii.toUnicode(181));
    assertEquals('â', zscii.toUnicode(191));
    assertEquals('å', zscii.toUnicode(201));
    assertEquals('æ', zscii.toUnicode(211));
    assertEquals('£', zscii.toUnicode(219));
    assertEquals('¿', zscii.toUnicode(223));
    assertEquals('?', zscii.toUnicode(224));
    assertEquals(0, zscii.toUnicode(3));
    assertEquals(0, zscii.toUnicode(252));
    for (int character = 32; character <= 223; character++) {
      int codePoint = zscii.toUnicode(character);
      if (codePoint != 0) {
        assertEquals(character, zscii.fromUnicode(codePoint));
      }
    }
    assertEquals(0, zscii.fromUnicode('€'));
  }

  @Test
  void aStorysOwnTableReplacesIt() {
    TextStory story = TextStory.version(5);
    story.setWord(0x36, 0x100);
    story.setWord(0x100, 3);
    story.setWord(0x106, 0x120);
    story.setByte(0x120, 2);
    story.setWord(0x121, '€');
    story.setWord(0x123, 7);
    Zscii zscii = new Zscii(story);
    assertEquals('€', zscii.toUnicode(155));
    assertEquals('?', zscii.toUnicode(156), "a control character is not printed");
    assertEquals('?', zscii.toUnicode(157));
    assertEquals(155, zscii.fromUnicode('€'));
    assertEquals(0, zscii.fromUnicode('ä'));
  }

  @Test
  void capitalsBecomeSmallWhereTheStoryHasTheLetter() {
    Zscii zscii = new Zscii(TextStory.version(5));
    assertEquals('q', zscii.toLowerCase('Q'));
    assertEquals(155, zscii.toLowerCase(158));
    assertEquals(161, zscii.toLowerCase(161));
    assertEquals('[', zscii.toLowerCase('['));
  }
}
