package hospes.memory;

import jdk.internal.misc.Unsafe;

/// Host memory through the JDK's internal `Unsafe`; linked only where the launcher exported it.
final class DirectAccess {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private DirectAccess() {}

  /// Links this class; fails with `IllegalAccessError` where the package is not exported to us.
  static boolean probe() {
    return UNSAFE.pageSize() > 0;
  }

  static byte getByte(long address) {
    return UNSAFE.getByte(null, address);
  }

  static short getShort(long address) {
    return UNSAFE.getShort(null, address);
  }

  static int getInt(long address) {
    return UNSAFE.getInt(null, address);
  }

  static long getLong(long address) {
    return UNSAFE.getLong(null, address);
  }

  static double getDouble(long address) {
    return UNSAFE.getDouble(null, address);
  }

  static void putByte(long address, byte value) {
    UNSAFE.putByte(null, address, value);
  }

  static void putShort(long address, short value) {
    UNSAFE.putShort(null, address, value);
  }

  static void putInt(long address, int value) {
    UNSAFE.putInt(null, address, value);
  }

  static void putLong(long address, long value) {
    UNSAFE.putLong(null, address, value);
  }

  static int getIntVolatile(long address) {
    return UNSAFE.getIntVolatile(null, address);
  }

  static int addInt(long address, int increment) {
    return UNSAFE.getAndAddInt(null, address, increment);
  }

  /// Memory that holds anything, and takes none where it was never touched.
  static long allocate(long bytes) {
    return UNSAFE.allocateMemory(bytes);
  }

  static void free(long address) {
    UNSAFE.freeMemory(address);
  }
}
