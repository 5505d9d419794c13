package hospes.zmachine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A story file: the Z-machine's memory as it is when a story begins, checked so far that a machine
/// can be built from it. Z-Machine Standards 1.1, 1 and 11.
///
/// Immutable.
final class Story {
  /// Most bytes that any version allows.
  static final int MAX_LENGTH = 0x80000;

  /// Memory that instructions can address directly.
  static final int ADDRESSABLE = 0x10000;

  private static final int GLOBALS_SIZE = 2 * 240;

  private final byte[] image;
  private final int sum;
  private final long fingerprint;

  private Story(byte[] image) {
    this.image = image;
    int bytes = 0;
    for (int address = Header.SIZE; address < image.length; address++) {
      bytes += image[address] & 0xff;
    }
    sum = bytes & 0xffff;
    CRC32 crc = new CRC32();
    crc.update(image);
    fingerprint = crc.getValue();
  }

  /// The story in a file's content. What is behind the length that the header tells is padding, and
  /// left out.
  ///
  /// @throws StoryException where it is none, is truncated, of a version that is not played, or its
  /// header says what cannot be
  public static Story of(byte[] file) throws StoryException {
    if (file.length < Header.SIZE) {
      throw new StoryException(
          "not a story file: a story begins with a header of %d bytes, and this file has %d"
              .formatted(Header.SIZE, file.length));
    }
    int version = file[Header.VERSION] & 0xff;
    if (version == 6) {
      throw new StoryException(
          "the story is of version 6, which draws its own screen; versions 1 to 5, 7 and 8 can be"
              + " played");
    }
    if (version < 1 || version > 8) {
      throw new StoryException(
          "not a story file: its first byte, %d, is no version of the Z-machine"
              .formatted(version));
    }
    Story story = new Story(Arrays.copyOf(file, length(file, version)));
    story.check();
    return story;
  }

  private static int length(byte[] file, int version) throws StoryException {
    int told = word(file, Header.LENGTH) * (version <= 3 ? 2 : version <= 5 ? 4 : 8);
    if (told > file.length) {
      throw new StoryException(
          "the story file is truncated: its header tells of %d bytes, and it has %d; get it anew"
              .formatted(told, file.length));
    }
    int length = told == 0 ? file.length : told;
    int most = version <= 3 ? 0x20000 : version <= 5 ? 0x40000 : MAX_LENGTH;
    if (length > most) {
      throw new StoryException(
          "the story has %d bytes, more than the %d that version %d allows"
              .formatted(length, most, version));
    }
    if (length < Header.SIZE) {
      throw new StoryException(
          "the story's header tells of a story of %d bytes, less than the header itself"
              .formatted(length));
    }
    return length;
  }

  private void check() throws StoryException {
    int addressable = Math.min(ADDRESSABLE, image.length);
    require(
        staticBase() >= Header.SIZE && staticBase() <= addressable, "dynamic memory", staticBase());
    int globals = globals();
    require(
        globals >= Header.SIZE && globals + GLOBALS_SIZE <= addressable,
        "the table of global variables",
        globals);
    int objects = objects();
    require(
        objects == 0 || objects >= Header.SIZE && objects + defaultsSize() <= addressable,
        "the table of objects",
        objects);
    require(dictionary() < addressable, "the dictionary", dictionary());
    require(abbreviations() < addressable, "the table of abbreviations", abbreviations());
    require(initialPc() >= Header.SIZE && initialPc() < image.length, "the code", initialPc());
  }

  private void require(boolean holds, String what, int address) throws StoryException {
    if (!holds) {
      throw new StoryException(
          "the story's header is wrong: %s cannot be at %#x in a story of %d bytes"
              .formatted(what, address, image.length));
    }
  }

  private static int word(byte[] bytes, int address) {
    return (bytes[address] & 0xff) << 8 | bytes[address + 1] & 0xff;
  }

  /// The version of the Z-machine: 1 to 5, 7 or 8.
  public int version() {
    return image[Header.VERSION] & 0xff;
  }

  /// The release number that the author gave.
  public int release() {
    return wordAt(Header.RELEASE);
  }

  /// The serial code: six characters, by custom the date of compilation.
  public String serial() {
    return new String(image, Header.SERIAL, 6, StandardCharsets.ISO_8859_1);
  }

  /// The checksum that the header tells.
  public int checksum() {
    return wordAt(Header.CHECKSUM);
  }

  /// The checksum that the story has: the sum of all bytes behind the header.
  public int computedChecksum() {
    return sum;
  }

  /// Tells stories apart whose headers say the same.
  long fingerprint() {
    return fingerprint;
  }

  /// Bytes of the story, padding left out.
  public int length() {
    return image.length;
  }

  /// The byte at an address below [#length].
  public int byteAt(int address) {
    return image[address] & 0xff;
  }

  /// The word, most significant byte first, at an address below [#length] less 1.
  public int wordAt(int address) {
    return word(image, address);
  }

  /// A copy of the bytes from `first` up to, not including, `end`.
  public byte[] bytes(int first, int end) {
    return Arrays.copyOfRange(image, first, end);
  }

  /// The first address of static memory: dynamic memory, which a story may write, is below.
  public int staticBase() {
    return wordAt(Header.STATIC_BASE);
  }

  int initialPc() {
    return wordAt(Header.INITIAL_PC);
  }

  int globals() {
    return wordAt(Header.GLOBALS);
  }

  int objects() {
    return wordAt(Header.OBJECTS);
  }

  int dictionary() {
    return wordAt(Header.DICTIONARY);
  }

  int abbreviations() {
    return wordAt(Header.ABBREVIATIONS);
  }

  /// Bytes of the default values of properties, in front of the objects.
  int defaultsSize() {
    return version() <= 3 ? 2 * 31 : 2 * 63;
  }

  /// What a packed address is multiplied by (1.2.3).
  int packedScale() {
    return version() <= 3 ? 2 : version() <= 7 ? 4 : 8;
  }

  /// What is added to a routine's address.
  int routinesBase() {
    return version() == 7 ? 8 * wordAt(Header.ROUTINES_OFFSET) : 0;
  }

  /// What is added to the address of a text that is given packed.
  int stringsBase() {
    return version() == 7 ? 8 * wordAt(Header.STRINGS_OFFSET) : 0;
  }
}
