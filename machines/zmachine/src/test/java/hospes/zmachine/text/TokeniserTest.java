package hospes.zmachine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokeniserTest {
  private static final int TEXT = 0x600;
  private static final int PARSE = 0x700;

  @Test
  void wordsAreEncodedAsTheStandardShows() {
    TextStory story = TextStory.version(3);
    assertArrayEquals(
        new int[] {13 << 10 | 10 << 5 | 17, 0x8000 | 17 << 10 | 20 << 5 | 5},
        encode(story, "hello"));
    assertArrayEquals(
        new int[] {6 << 10 | 5 << 5 | 28, 0x8000 | 7 << 10 | 5 << 5 | 5}, encode(story, "a-b"));
    assertArrayEquals(
        new int[] {5 << 10 | 6 << 5 | 1, 0x8000 | 6 << 10 | 5 << 5 | 6},
        encode(story, "&@"),
        "a character of no alphabet is given by its number, and cut off");
    assertEquals(3, encode(TextStory.version(5), "hello").length);
  }

  @Test
  void version2ShiftsWithOtherCharacters() {
    assertArrayEquals(
        new int[] {2 << 10 | 6 << 5 | 3, 0x8000 | 8 << 10 | 5 << 5 | 5},
        encode(TextStory.version(2), "A0"));
  }

  private static int[] encode(TextStory story, String text) {
    return new TextEncoder(story, TextHeader.of(story)).encode(text.chars().toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8})
  void wordsAndSeparatorsAreFoundWithTheirPlaces(int version) {
    TextStory story = TextStory.version(version);
    TreeMap<String, Integer> words =
        dictionary(story, TextStory.DICTIONARY, 1, "take", "lamp", ",", "sword");
    type(story, " take xyzzy,sword  ");
    new Tokeniser(story).tokenise(TEXT, PARSE, 0, UnknownWords.CLEAR);
    int first = version >= 5 ? 2 : 1;
    assertEquals(4, story.byteAt(PARSE + 1));
    assertEntry(story, 0, entry(words, "take"), 4, first + 1);
    assertEntry(story, 1, 0, 5, first + 6);
    assertEntry(story, 2, entry(words, ","), 1, first + 11);
    assertEntry(story, 3, entry(words, "sword"), 5, first + 12);
  }

  @Test
  void asManyWordsAreFoundAsThereIsRoomFor() {
    TextStory story = TextStory.version(5);
    dictionary(story, TextStory.DICTIONARY, 1, "a");
    type(story, "a a a a");
    story.setByte(PARSE, 2);
    new Tokeniser(story).tokenise(TEXT, PARSE, 0, UnknownWords.CLEAR);
    assertEquals(2, story.byteAt(PARSE + 1));
    assertEquals(0, story.wordAt(PARSE + 2 + 8));
  }

  @Test
  void aSecondUnsortedDictionaryAddsToTheFirst() {
    TextStory story = TextStory.version(5);
    TreeMap<String, Integer> words = dictionary(story, TextStory.DICTIONARY, 1, "take");
    TreeMap<String, Integer> more = dictionary(story, 0x800, -1, "zeta", "beta", "alpha");
    type(story, "take beta nothing");
    Tokeniser tokeniser = new Tokeniser(story);
    tokeniser.tokenise(TEXT, PARSE, 0, UnknownWords.CLEAR);
    tokeniser.tokenise(TEXT, PARSE, 0x800, UnknownWords.KEEP);
    assertEquals(3, story.byteAt(PARSE + 1));
    assertEntry(story, 0, entry(words, "take"), 4, 2);
    assertEntry(story, 1, entry(more, "beta"), 4, 7);
    assertEntry(story, 2, 0, 7, 12);
  }

  @Test
  void longWordsAreFoundByTheirBeginning() {
    TextStory story = TextStory.version(3);
    TreeMap<String, Integer> words = dictionary(story, TextStory.DICTIONARY, 1, "examine");
    type(story, "examinations");
    new Tokeniser(story).tokenise(TEXT, PARSE, 0, UnknownWords.CLEAR);
    assertEntry(story, 0, entry(words, "examine"), 12, 1);
  }

  @Test
  void buffersAndDictionariesOutsideTheStoryAreRefused() {
    TextStory story = TextStory.version(5);
    dictionary(story, TextStory.DICTIONARY, 1, "take");
    Tokeniser tokeniser = new Tokeniser(story);
    assertThrows(
        TextException.class, () -> tokeniser.tokenise(0x2000, PARSE, 0, UnknownWords.CLEAR));
    assertThrows(
        TextException.class, () -> tokeniser.tokenise(TEXT, PARSE, 0x2000, UnknownWords.CLEAR));
    assertThrows(TextException.class, () -> tokeniser.encode(0xfff, 5, TEXT));
    TextStory unended = new TextStory(3, 0x604);
    dictionary(unended, TextStory.DICTIONARY, 1, "take");
    unended.latin(0x600, "abcd");
    assertThrows(
        TextException.class,
        () -> new Tokeniser(unended).tokenise(0x600, 0x500, 0, UnknownWords.CLEAR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 8})
  void anyDictionaryIsReadOrRefused(int version) {
    Random random = new Random(version);
    for (int i = 0; i < 300; i++) {
      TextStory story = new TextStory(version, 0x1000);
      random.nextBytes(story.bytes);
      story.setByte(0, version);
      story.setWord(0x08, random.nextInt(0x1100));
      int text = random.nextInt(0xe00);
      int parse = random.nextInt(0xb00);
      try {
        new Tokeniser(story).tokenise(text, parse, 0, UnknownWords.CLEAR);
      } catch (TextException refused) {
        // Nothing else may come out.
      }
    }
  }

  private static void type(TextStory story, String text) {
    if (story.byteAt(0) >= 5) {
      story.setByte(TEXT, 80);
      story.setByte(TEXT + 1, text.length());
      story.latin(TEXT + 2, text);
    } else {
      story.setByte(TEXT, 80);
      story.setByte(story.latin(TEXT + 1, text), 0);
    }
    story.setByte(PARSE, 20);
  }

  /// Writes a dictionary, sorted by encoded text unless `sign` is -1; gives the entries' addresses.
  private static TreeMap<String, Integer> dictionary(
      TextStory story, int address, int sign, String... words) {
    int at = story.latin(story.latin(address, "\u0003"), ".,\"");
    int entryLength = story.byteAt(0) <= 3 ? 7 : 9;
    story.setByte(at, entryLength);
    story.setWord(at + 1, sign * words.length & 0xffff);
    at += 3;
    if (sign > 0) {
      Arrays.sort(
          words, (left, right) -> Arrays.compare(encode(story, left), encode(story, right)));
    }
    TreeMap<String, Integer> addresses = new TreeMap<>();
    for (String word : words) {
      int[] encoded = encode(story, word);
      for (int i = 0; i < encoded.length; i++) {
        story.setWord(at + 2 * i, encoded[i]);
      }
      addresses.put(word, at);
      at += entryLength;
    }
    return addresses;
  }

  private static void assertEntry(TextStory story, int index, int word, int length, int at) {
    int entry = PARSE + 2 + 4 * index;
    assertEquals(word, story.wordAt(entry), "word " + index);
    assertEquals(length, story.byteAt(entry + 2), "length of word " + index);
    assertEquals(at, story.byteAt(entry + 3), "place of word " + index);
  }

  private static int entry(TreeMap<String, Integer> words, String word) {
    return Objects.requireNonNull(words.get(word));
  }
}
