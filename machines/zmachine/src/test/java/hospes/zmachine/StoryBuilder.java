package hospes.zmachine;

import java.util.Arrays;

/// Builds small stories for tests, byte by byte.
final class StoryBuilder {
  static final int GLOBALS = 0x40;
  static final int OBJECTS = 0x240;
  static final int ABBREVIATIONS = 0x600;
  static final int STATIC = 0x800;
  static final int DICTIONARY = 0x800;
  static final int CODE = 0x1000;
  static final int LENGTH = 0x3000;

  final byte[] bytes = new byte[LENGTH];

  StoryBuilder(int version) {
    bytes[Header.VERSION] = (byte) version;
    word(Header.INITIAL_PC, CODE);
    word(Header.DICTIONARY, DICTIONARY);
    word(Header.OBJECTS, OBJECTS);
    word(Header.GLOBALS, GLOBALS);
    word(Header.STATIC_BASE, STATIC);
    word(Header.ABBREVIATIONS, ABBREVIATIONS);
    word(0x04, CODE);
    byte[] serial = "261125".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(serial, 0, bytes, Header.SERIAL, 6);
    word(Header.LENGTH, LENGTH / (version <= 3 ? 2 : version <= 5 ? 4 : 8));
    // An empty dictionary: no separators, entries of 6 or 9 bytes, none of them.
    at(DICTIONARY, 0, version <= 3 ? 7 : 9, 0, 0);
  }

  StoryBuilder word(int address, int value) {
    bytes[address] = (byte) (value >>> 8);
    bytes[address + 1] = (byte) value;
    return this;
  }

  StoryBuilder at(int address, int... values) {
    for (int value : values) {
      bytes[address++] = (byte) value;
    }
    return this;
  }

  /// Puts code where the story begins.
  StoryBuilder code(int... values) {
    return at(CODE, values);
  }

  byte[] file() {
    byte[] file = bytes.clone();
    int sum = 0;
    for (int i = Header.SIZE; i < file.length; i++) {
      sum += file[i] & 0xff;
    }
    file[Header.CHECKSUM] = (byte) (sum >>> 8);
    file[Header.CHECKSUM + 1] = (byte) sum;
    return file;
  }

  byte[] truncated(int length) {
    return Arrays.copyOf(file(), length);
  }

  Story story() throws StoryException {
    return Story.of(file());
  }
}
