package hospes.zmachine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A story of version 5 that does a little of what all do first: it draws a status line, asks for a
/// command, answers, and ends.
final class SampleStory {
  private static final int LENGTH = 0x480;
  private static final int GLOBALS = 0x200;
  private static final int STATIC_BASE = 0x400;
  private static final int DICTIONARY = 0x440;
  private static final int BUFFER = 0x100;
  private static final byte BUFFER_SIZE = 40;

  private SampleStory() {}

  static byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(LENGTH);
    file.put(0, (byte) 5);
    file.putShort(0x04, (short) STATIC_BASE);
    file.putShort(0x06, (short) STATIC_BASE);
    file.putShort(0x08, (short) DICTIONARY);
    file.putShort(0x0c, (short) GLOBALS);
    file.putShort(0x0e, (short) STATIC_BASE);
    file.put(0x12, "261125".getBytes(StandardCharsets.US_ASCII));
    file.putShort(0x1a, (short) (LENGTH / 4));
    file.put(BUFFER, BUFFER_SIZE);
    file.put(
        STATIC_BASE,
        new byte[] {
          (byte) 0xea,
          0x7f,
          1, // split_window 1
          (byte) 0xeb,
          0x7f,
          1, // set_window 1
          (byte) 0xe5,
          0x7f,
          'x', // print_char 'x'
          (byte) 0xeb,
          0x7f,
          0, // set_window 0
          (byte) 0xe5,
          0x7f,
          '>', // print_char '>'
          (byte) 0xe4,
          0x1f,
          BUFFER >> 8,
          0,
          0,
          0x10, // aread BUFFER 0 -> g0
          (byte) 0xe5,
          0x7f,
          '.', // print_char '.'
          (byte) 0xbb, // new_line
          (byte) 0xba // quit
        });
    return file.array();
  }
}
