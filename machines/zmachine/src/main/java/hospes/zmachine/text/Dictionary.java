package hospes.zmachine.text;

/// A dictionary: characters that separate words, and encoded words, sorted or not. Z-Machine
/// Standards 1.1, 13.
final class Dictionary {
  /// Memory in which dictionaries, and buffers, can be.
  private static final int ADDRESSABLE = 0x10000;

  private final StoryBytes story;
  private final int address;
  private final int separators;
  private final int entryLength;
  private final int entries;
  private final boolean sorted;
  private final int first;

  /// The dictionary at an address.
  ///
  /// @param encodedWords words that encoded text has
  /// @throws TextException where it does not lie within the story
  Dictionary(StoryBytes story, int address, int encodedWords) {
    this.story = story;
    this.address = address;
    requireWithin(1);
    separators = story.byteAt(address);
    requireWithin(separators + 4);
    entryLength = story.byteAt(address + separators + 1);
    int count = (short) story.wordAt(address + separators + 2);
    sorted = count >= 0;
    entries = Math.abs(count);
    first = address + separators + 4;
    int read = entries == 0 ? 0 : (entries - 1) * entryLength + 2 * encodedWords;
    requireWithin(separators + 4 + read);
  }

  private void requireWithin(int bytes) {
    if (address + bytes > Math.min(story.length(), ADDRESSABLE)) {
      throw new TextException("the dictionary does not lie within the story", address);
    }
  }

  /// Whether a character of ZSCII separates words, and is one.
  boolean separates(int zscii) {
    for (int i = 1; i <= separators; i++) {
      if (story.byteAt(address + i) == zscii) {
        return true;
      }
    }
    return false;
  }

  /// The address of a word's entry; 0 where it has none.
  int find(int[] encoded) {
    if (!sorted) {
      for (int entry = 0; entry < entries; entry++) {
        if (compare(encoded, entry) == 0) {
          return first + entry * entryLength;
        }
      }
      return 0;
    }
    int low = 0;
    int high = entries - 1;
    while (low <= high) {
      int middle = (low + high) / 2;
      int order = compare(encoded, middle);
      if (order == 0) {
        return first + middle * entryLength;
      } else if (order > 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return 0;
  }

  private int compare(int[] encoded, int entry) {
    int at = first + entry * entryLength;
    for (int word : encoded) {
      int order = Integer.compare(word, story.wordAt(at));
      if (order != 0) {
        return order;
      }
      at += 2;
    }
    return 0;
  }
}
