package hospes.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Story files for the Z-machine that are well-formed and small.
public final class TinyStory {
  /// What the header tells.
  public static final int RELEASE = 7;
  /// What the header tells.
  public static final String SERIAL = "261125";

  private static final int LENGTH = 0x500;
  private static final int STATIC_BASE = 0x400;
  private static final int QUIT = 0xba;

  private TinyStory() {}

  /// A story of a version that does nothing but end, with a checksum that is right.
  public static byte[] ofVersion(int version) {
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
  public static byte[] echoing() {
    return withCode(
        0xe5, 0x7f, '>', // again: print_char '>'
        0xf6, 0x7f, 1, 0x10, // read_char 1 -> g0
        0xe5, 0xbf, 0x10, // print_char g0
        0x41, 0x10, 'q', 0xc5, // je g0 'q' ?end
        0x8c, 0xff, 0xf1, // jump again
        QUIT); // end: quit
  }

  /// The same, where `s` saves.
  public static byte[] saving() {
    return withCode(
        0xe5, 0x7f, '>', // again: print_char '>'
        0xf6, 0x7f, 1, 0x10, // read_char 1 -> g0
        0xe5, 0xbf, 0x10, // print_char g0
        0x41, 0x10, 'q', 0xd0, // je g0 'q' ?end
        0x41, 0x10, 's', 0xc5, // je g0 's' ?store
        0x8c, 0xff, 0xed, // jump again
        0xbe, 0, 0xff, 0x11, // store: save -> g1
        0x8c, 0xff, 0xe6, // jump again
        QUIT); // end: quit
  }

  private static byte[] withCode(int... code) {
    byte[] file = ofVersion(5);
    for (int i = 0; i < code.length; i++) {
      file[STATIC_BASE + i] = (byte) code[i];
    }
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
  public static byte[] inBlorb(String type, byte[] story) {
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
