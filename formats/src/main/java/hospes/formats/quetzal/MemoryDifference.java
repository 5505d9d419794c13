package hospes.formats.quetzal;

import java.io.ByteArrayOutputStream;

/// Memory as its difference from what it was at first: exclusive or, where a run of zeros is a zero
/// and its length less 1, and zeros at the end are left out. Quetzal 1.4, 3.2 to 3.7.
final class MemoryDifference {
  private static final int LONGEST_RUN = 256;

  private MemoryDifference() {}

  static byte[] between(byte[] original, byte[] memory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (int i = 0; i < memory.length; i++) {
      int difference = (memory[i] ^ original[i]) & 0xff;
      if (difference == 0) {
        zeros++;
        continue;
      }
      for (; zeros > 0; zeros -= Math.min(zeros, LONGEST_RUN)) {
        out.write(0);
        out.write(Math.min(zeros, LONGEST_RUN) - 1);
      }
      out.write(difference);
    }
    return out.toByteArray();
  }

  static byte[] applied(byte[] original, byte[] difference) throws QuetzalException {
    byte[] memory = original.clone();
    int at = 0;
    for (int i = 0; i < difference.length; i++) {
      if (difference[i] != 0) {
        if (at == memory.length) {
          throw tooLong();
        }
        memory[at++] ^= difference[i];
        continue;
      }
      i++;
      if (i == difference.length) {
        throw QuetzalException.damaged("its memory ends within a run of zeros");
      }
      at += (difference[i] & 0xff) + 1;
      if (at > memory.length) {
        throw tooLong();
      }
    }
    return memory;
  }

  private static QuetzalException tooLong() {
    return QuetzalException.damaged("it has more memory than the story");
  }
}
