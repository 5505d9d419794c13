package hospes.zmachine.text;

/// Encodes words as dictionaries have them: cut or padded to a fixed length. Z-Machine Standards
/// 1.1, 3.7.
final class TextEncoder {
  private static final int PADDING = 5;
  private static final int LAST_WORD = 0x8000;

  private final Alphabets alphabets;
  private final int shift;
  private final int zchars;

  TextEncoder(StoryBytes story, TextHeader header) {
    alphabets = new Alphabets(story, header);
    shift = header.version() <= 2 ? 1 : 3;
    zchars = header.version() <= 3 ? 6 : 9;
  }

  /// Characters of a word that can matter.
  int characters() {
    return zchars;
  }

  /// Encodes a word of ZSCII as two words, or three from version 4 on.
  int[] encode(int[] zscii) {
    int[] encoded = new int[zchars];
    int length = 0;
    for (int i = 0; i < zscii.length && length < zchars; i++) {
      length = encode(zscii[i], encoded, length);
    }
    while (length < zchars) {
      encoded[length++] = PADDING;
    }
    int[] words = new int[zchars / 3];
    for (int i = 0; i < words.length; i++) {
      words[i] = encoded[3 * i] << 10 | encoded[3 * i + 1] << 5 | encoded[3 * i + 2];
    }
    words[words.length - 1] |= LAST_WORD;
    return words;
  }

  private int encode(int zscii, int[] encoded, int from) {
    if (zscii == ' ') {
      return put(0, encoded, from);
    }
    int found = alphabets.find(zscii);
    if (found < 0) {
      int next = put(shift + 2, encoded, from);
      next = put(Alphabets.ESCAPE, encoded, next);
      next = put(zscii >>> 5 & 31, encoded, next);
      return put(zscii & 31, encoded, next);
    }
    int alphabet = found / 32;
    int next = alphabet == 0 ? from : put(shift + alphabet, encoded, from);
    return put(found % 32, encoded, next);
  }

  private static int put(int zchar, int[] encoded, int at) {
    if (at < encoded.length) {
      encoded[at] = zchar;
    }
    return at + 1;
  }
}
