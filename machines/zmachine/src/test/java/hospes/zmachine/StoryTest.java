package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Story files: what is read from the header, and that no file is played whose header lies.
final class StoryTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8})
  void everyVersionButSixIsPlayed(int version) throws StoryException {
    Story story = new StoryBuilder(version).word(Header.RELEASE, 7).story();

    assertEquals(version, story.version());
    assertEquals(7, story.release());
    assertEquals("261125", story.serial());
    assertEquals(StoryBuilder.LENGTH, story.length());
    assertEquals(story.checksum(), story.computedChecksum());
  }

  @Test
  void versionSixIsRefusedByName() {
    refused(new StoryBuilder(6).file(), "version 6");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 'F', 255})
  void somethingElseIsNoStory(int version) {
    refused(new StoryBuilder(version).file(), "not a story file");
  }

  @Test
  void everyTruncationIsRefused() {
    StoryBuilder builder = new StoryBuilder(5);
    for (int length = 0; length < StoryBuilder.LENGTH; length += 61) {
      byte[] file = builder.truncated(length);
      assertThrows(StoryException.class, () -> Story.of(file));
    }
    refused(builder.truncated(100), "truncated");
  }

  @Test
  void paddingIsNotPartOfTheStory() throws StoryException {
    byte[] file = new StoryBuilder(5).file();
    byte[] padded = Arrays.copyOf(file, file.length + 512);
    padded[file.length] = 1;
    Story story = Story.of(padded);

    assertEquals(file.length, story.length());
    assertEquals(story.checksum(), story.computedChecksum());
  }

  @Test
  void aLengthOfZeroMeansTheWholeFile() throws StoryException {
    Story story = new StoryBuilder(1).word(Header.LENGTH, 0).story();

    assertEquals(StoryBuilder.LENGTH, story.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {Header.STATIC_BASE, Header.GLOBALS, Header.OBJECTS, Header.INITIAL_PC})
  void tablesOutsideTheStoryAreRefused(int field) {
    refused(new StoryBuilder(5).word(field, 0xfff0).file(), "header is wrong");
    refused(new StoryBuilder(5).word(field, 1).file(), "header is wrong");
  }

  @Test
  void aStoryLargerThanItsVersionAllowsIsRefused() {
    byte[] file = Arrays.copyOf(new StoryBuilder(3).word(Header.LENGTH, 0).file(), 0x20001);
    refused(file, "more than the 131072");
  }

  private static void refused(byte[] file, String why) {
    StoryException refusal = assertThrows(StoryException.class, () -> Story.of(file));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }
}
