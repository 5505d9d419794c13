package hospes.conformance.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// What a round of a stream left: all registers and the window.
record Answer(long[] state, byte[] window) {
  /// Bytes of an answer.
  static final int BYTES = Layout.STATE_WORDS * Long.BYTES + Layout.WINDOW_BYTES;

  static Answer of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] state = new long[Layout.STATE_WORDS];
    buffer.asLongBuffer().get(state);
    byte[] window = new byte[Layout.WINDOW_BYTES];
    buffer.position(Layout.STATE_WORDS * Long.BYTES).get(window);
    return new Answer(state, window);
  }

  /// A number that tells answers apart; stream-runner.c computes the same.
  long digest() {
    long sum = 0;
    for (long word : state) {
      sum = mix(sum, word);
    }
    ByteBuffer words = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      sum = mix(sum, words.getLong());
    }
    return sum;
  }

  private static long mix(long sum, long word) {
    sum = (sum ^ word) * 0x100_0000_01b3L;
    return sum ^ sum >>> 29;
  }

  /// Where this answer, ours, differs from QEMU's.
  List<String> differences(Answer judge) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < Layout.STATE_WORDS; i++) {
      if (state[i] != judge.state[i]) {
        found.add("%s: %016x, but QEMU has %016x".formatted(name(i), state[i], judge.state[i]));
      }
    }
    for (int i = 0; i < window.length; i++) {
      if (window[i] != judge.window[i]) {
        found.add(
            "memory at %x: %02x, but QEMU has %02x"
                .formatted(Layout.WINDOW + i, window[i], judge.window[i]));
      }
    }
    return found;
  }

  /// The name of a word of the state.
  static String name(int word) {
    return word == Layout.FCSR
        ? "fcsr"
        : word >= Layout.FLOATS ? "f" + (word - Layout.FLOATS) : "x" + word;
  }
}
