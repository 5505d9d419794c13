package hospes.memory;

/// Host memory by absolute address: the one small class through which all guest memory is read and
/// written.
///
/// It uses the JDK's internal `Unsafe` where the launcher exported it (`--add-exports
/// java.base/jdk.internal.misc=hospes.memory`), and a `MemorySegment` over the whole address space
/// otherwise; the second is slower, never different. Values are little-endian, as the hosts that we
/// support are. Nothing here checks bounds: callers pass only addresses that they got from a
/// [FramePool].
public final class RawMemory {
  private static final boolean DIRECT = isDirectAccessExported();

  private RawMemory() {}

  /// Whether the fast way is in use; `hospes doctor` tells the user.
  public static boolean isDirect() {
    return DIRECT;
  }

  private static boolean isDirectAccessExported() {
    try {
      return DirectAccess.probe();
    } catch (IllegalAccessError notExported) {
      return false;
    }
  }

  /// Reads one byte, zero-extended.
  public static int getByte(long address) {
    return (DIRECT ? DirectAccess.getByte(address) : SegmentAccess.getByte(address)) & 0xff;
  }

  /// Reads two bytes, zero-extended.
  public static int getShort(long address) {
    return (DIRECT ? DirectAccess.getShort(address) : SegmentAccess.getShort(address)) & 0xffff;
  }

  /// Reads four bytes.
  public static int getInt(long address) {
    return DIRECT ? DirectAccess.getInt(address) : SegmentAccess.getInt(address);
  }

  /// Reads eight bytes.
  public static long getLong(long address) {
    return DIRECT ? DirectAccess.getLong(address) : SegmentAccess.getLong(address);
  }

  /// Reads a double, whatever its bits.
  public static double getDouble(long address) {
    return DIRECT ? DirectAccess.getDouble(address) : SegmentAccess.getDouble(address);
  }

  /// Reads four bytes that other threads may write.
  static int getIntVolatile(long address) {
    return DIRECT ? DirectAccess.getIntVolatile(address) : SegmentAccess.getIntVolatile(address);
  }

  /// Adds to four bytes to which other threads may add too; what they were before.
  static int addInt(long address, int increment) {
    return DIRECT
        ? DirectAccess.addInt(address, increment)
        : SegmentAccess.addInt(address, increment);
  }

  /// Writes the low byte of `value`.
  public static void putByte(long address, int value) {
    if (DIRECT) {
      DirectAccess.putByte(address, (byte) value);
    } else {
      SegmentAccess.putByte(address, (byte) value);
    }
  }

  /// Writes the low two bytes of `value`.
  public static void putShort(long address, int value) {
    if (DIRECT) {
      DirectAccess.putShort(address, (short) value);
    } else {
      SegmentAccess.putShort(address, (short) value);
    }
  }

  /// Writes four bytes.
  public static void putInt(long address, int value) {
    if (DIRECT) {
      DirectAccess.putInt(address, value);
    } else {
      SegmentAccess.putInt(address, value);
    }
  }

  /// Writes eight bytes.
  public static void putLong(long address, long value) {
    if (DIRECT) {
      DirectAccess.putLong(address, value);
    } else {
      SegmentAccess.putLong(address, value);
    }
  }

  /// Copies `length` bytes between two host addresses.
  public static void copy(long from, long to, long length) {
    SegmentAccess.copy(from, to, length);
  }

  /// Copies host memory into a Java array.
  public static void copyOut(long from, byte[] to, int offset, int length) {
    SegmentAccess.copyOut(from, to, offset, length);
  }

  /// Copies a Java array into host memory.
  public static void copyIn(byte[] from, int offset, long to, int length) {
    SegmentAccess.copyIn(from, offset, to, length);
  }

  /// Fills `length` bytes with `value`.
  public static void fill(long address, long length, byte value) {
    SegmentAccess.fill(address, length, value);
  }

  /// Whether `length` bytes are the same in two places.
  static boolean isEqual(long one, long other, long length) {
    return SegmentAccess.isEqual(one, other, length);
  }

  /// Whether `length` bytes are all zero.
  public static boolean isZero(long address, int length) {
    int offset = 0;
    for (; offset + Long.BYTES <= length; offset += Long.BYTES) {
      if (getLong(address + offset) != 0) {
        return false;
      }
    }
    for (; offset < length; offset++) {
      if (getByte(address + offset) != 0) {
        return false;
      }
    }
    return true;
  }
}
