package hospes.formats.qcow2;

import java.nio.ByteBuffer;

/// Reference counts of 1 to 64 bits in a refcount block ("Refcount block entry"). Those of less
/// than a byte begin at its least significant bit.
final class Widths {
  private Widths() {}

  /// @param order logarithm of the width in bits
  static long get(byte[] block, int order, int index) {
    return switch (order) {
      case 3 -> block[index] & 0xffL;
      case 4 -> ByteBuffer.wrap(block).getShort(index << 1) & 0xffffL;
      case 5 -> ByteBuffer.wrap(block).getInt(index << 2) & 0xffff_ffffL;
      case 6 -> ByteBuffer.wrap(block).getLong(index << 3);
      default -> block[index << order >> 3] >>> shift(order, index) & mask(order);
    };
  }

  static void set(byte[] block, int order, int index, long value) {
    switch (order) {
      case 3 -> block[index] = (byte) value;
      case 4 -> ByteBuffer.wrap(block).putShort(index << 1, (short) value);
      case 5 -> ByteBuffer.wrap(block).putInt(index << 2, (int) value);
      case 6 -> ByteBuffer.wrap(block).putLong(index << 3, value);
      default -> {
        int at = index << order >> 3;
        int shift = shift(order, index);
        block[at] = (byte) (block[at] & ~(mask(order) << shift) | (int) value << shift);
      }
    }
  }

  private static int shift(int order, int index) {
    return index << order & 7;
  }

  private static int mask(int order) {
    return (1 << (1 << order)) - 1;
  }
}
