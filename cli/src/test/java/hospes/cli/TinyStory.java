package hospes.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A story file that is well-formed and does nothing but end.
final class TinyStory {
  static final int RELEASE = 7;
  static final String SERIAL = "261125";

  private static final int LENGTH = 0x500;
  private static final int STATIC_BASE = 0x400;
  private static final int QUIT = 0xba;

  private TinyStory() {}

  /// The file of a story of a version, with a checksum that is right.
  static byte[] ofVersion(int version) {
    ByteBuffer file = ByteBuffer.allocate(LENGTH);
    file.put(0, (byte) version);
    file.putShort(0x02, (short) RELEASE);
    file.putShort(0x04, (short) STATIC_BASE);
    file.putShort(0x06, (short) STATIC_BASE);
    file.putShort(0x08, (short) 0x440);
    file.putShort(0x0a, (short) 0x40);
    file.putShort(0x0c, (short) 0x200);
    file.putShort(0x0e, (short) STATIC_BASE);
    file.put(0x12, SERIAL.getBytes(StandardCharsets.US_ASCII));
    file.putShort(0x1a, (short) (LENGTH / (version <= 3 ? 2 : version <= 5 ? 4 : 8)));
    file.put(STATIC_BASE, (byte) QUIT);
    return withChecksum(file.array());
  }

  /// A story of version 5 that prints `>`, reads a key and prints it, until that is `q`.
  static byte[] echoing() {
    byte[] file = ofVersion(5);
    byte[] code = {
      (byte) 0xe5,
      0x7f,
      '>', // again: print_char '>'
      (byte) 0xf6,
      0x7f,
      1,
      0x10, // read_char 1 -> g0
      (byte) 0xe5,
      (byte) 0xbf,
      0x10, // print_char g0
      0x41,
      0x10,
      'q',
      (byte) 0xc5, // je g0 'q' ?end
      (byte) 0x8c,
      (byte) 0xff,
      (byte) 0xf1, // jump again
      (byte) QUIT // end: quit
    };
    System.arraycopy(code, 0, file, STATIC_BASE, code.length);
    return withChecksum(file);
  }

  private static byte[] withChecksum(byte[] file) {
    int sum = 0;
    for (int i = 0x40; i < file.length; i++) {
      sum += file[i] & 0xff;
    }
    ByteBuffer.wrap(file).putShort(0x1c, (short) sum);
    return file;
  }

  /// A Blorb file with nothing in it but an executable of a type.
  static byte[] inBlorb(String type, byte[] story) {
    ByteBuffer file = ByteBuffer.allocate(12 + 8 + 16 + 8 + story.length);
    file.put(letters("FORM")).putInt(file.capacity() - 8).put(letters("IFRS"));
    file.put(letters("RIdx")).putInt(16).putInt(1).put(letters("Exec")).putInt(0).putInt(36);
    file.put(letters(type)).putInt(story.length).put(story);
    return file.array();
  }

  private static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
