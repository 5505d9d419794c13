package hospes.host.guest;

import hospes.zmachine.Story;
import hospes.zmachine.StoryException;
import java.nio.ByteBuffer;

/// A story of version 5 that prints `>`, reads a key and prints it, again and again. `q` ends it,
/// and `s` saves.
final class KeyStory {
  static final int LENGTH = 0x480;
  private static final int CODE = 0x400;

  private KeyStory() {}

  static byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(LENGTH);
    file.put(0, (byte) 5);
    file.putShort(0x04, (short) CODE);
    file.putShort(0x06, (short) CODE);
    file.putShort(0x08, (short) 0x440);
    file.putShort(0x0a, (short) 0x40);
    file.putShort(0x0c, (short) 0x200);
    file.putShort(0x0e, (short) CODE);
    file.put(0x12, "261125".getBytes());
    file.putShort(0x1a, (short) (LENGTH / 4));
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
      (byte) 0xd0, // je g0 'q' ?end
      0x41,
      0x10,
      's',
      (byte) 0xc5, // je g0 's' ?store
      (byte) 0x8c,
      (byte) 0xff,
      (byte) 0xed, // jump again
      (byte) 0xbe,
      0,
      (byte) 0xff,
      0x11, // store: save -> g1
      (byte) 0x8c,
      (byte) 0xff,
      (byte) 0xe6, // jump again
      (byte) 0xba // end: quit
    };
    file.put(CODE, code);
    return file.array();
  }

  /// A plan to play it plainly, the same every time.
  static ZStory plan() {
    try {
      return ZStory.of(Story.of(file()), "key.z5").clock(ClockMode.VIRTUAL);
    } catch (StoryException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
