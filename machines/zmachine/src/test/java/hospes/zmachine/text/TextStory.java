package hospes.zmachine.text;

/// Memory with a header, for tests of text.
final class TextStory implements StoryMemory {
  static final int ABBREVIATIONS = 0x50;
  static final int DICTIONARY = 0x200;
  static final int FREE = 0x400;

  final byte[] bytes;

  TextStory(int version, int length) {
    bytes = new byte[length];
    setByte(0, version);
    setWord(0x08, DICTIONARY);
    setWord(0x18, ABBREVIATIONS);
  }

  static TextStory version(int version) {
    return new TextStory(version, 0x1000);
  }

  @Override
  public int length() {
    return bytes.length;
  }

  @Override
  public int byteAt(int address) {
    return bytes[address] & 0xff;
  }

  @Override
  public void setByte(int address, int value) {
    bytes[address] = (byte) value;
  }

  /// Writes Z-characters as text, padded with 5; returns the address behind it.
  int text(int address, int... zchars) {
    int at = address;
    int words = Math.max(1, (zchars.length + 2) / 3);
    for (int i = 0; i < words; i++) {
      int word = i == words - 1 ? 0x8000 : 0;
      for (int j = 0; j < 3; j++) {
        int zchar = 3 * i + j < zchars.length ? zchars[3 * i + j] : 5;
        word |= zchar << 10 - 5 * j;
      }
      setWord(at, word);
      at += 2;
    }
    return at;
  }

  /// Writes characters of Latin-1, a byte each; returns the address behind them.
  int latin(int address, String text) {
    for (int i = 0; i < text.length(); i++) {
      setByte(address + i, text.charAt(i));
    }
    return address + text.length();
  }

  /// What is decoded at an address: printable characters, and others as \{number}.
  String decode(int address) {
    StringBuilder out = new StringBuilder();
    new TextDecoder(this).decode(address, zscii -> append(out, zscii));
    return out.toString();
  }

  private static void append(StringBuilder out, int zscii) {
    if (zscii >= 32 && zscii < 127) {
      out.append((char) zscii);
    } else {
      out.append('{').append(zscii).append('}');
    }
  }
}
