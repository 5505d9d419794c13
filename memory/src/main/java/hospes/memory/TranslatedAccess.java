package hospes.memory;

/// Loads and stores of translated code: those of [AddressSpace], with what does not change while
/// such code runs held by the caller. `table` is [#reads] or [#writes].
///
/// `remaining` is told to `countdown` only off the fast path, where it matters. A store returns
/// whether it asked for execution to stop.
public final class TranslatedAccess {
  private TranslatedAccess() {}

  /// The table for loads, until the address space is told to look in another way.
  public static long reads(AddressSpace memory) {
    return memory.reads();
  }

  /// The table for stores.
  public static long writes(AddressSpace memory) {
    return memory.writes();
  }

  /// Loads one byte, zero-extended.
  public static int loadByte(
      AddressSpace memory, long address, long table, Countdown countdown, int remaining) {
    long entry = AddressSpace.entry(table, address);
    return RawMemory.getLong(entry) == (address & AddressSpace.PAGE)
        ? RawMemory.getByte(address + RawMemory.getLong(entry + 8))
        : (int) slowLoad(memory, address, 1, countdown, remaining);
  }

  /// Loads two bytes, zero-extended.
  public static int loadShort(
      AddressSpace memory, long address, long table, Countdown countdown, int remaining) {
    long entry = AddressSpace.entry(table, address);
    return RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 1))
        ? RawMemory.getShort(address + RawMemory.getLong(entry + 8))
        : (int) slowLoad(memory, address, 2, countdown, remaining);
  }

  /// Loads four bytes.
  public static int loadInt(
      AddressSpace memory, long address, long table, Countdown countdown, int remaining) {
    long entry = AddressSpace.entry(table, address);
    return RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 3))
        ? RawMemory.getInt(address + RawMemory.getLong(entry + 8))
        : (int) slowLoad(memory, address, 4, countdown, remaining);
  }

  /// Loads eight bytes.
  public static long loadLong(
      AddressSpace memory, long address, long table, Countdown countdown, int remaining) {
    long entry = AddressSpace.entry(table, address);
    return RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 7))
        ? RawMemory.getLong(address + RawMemory.getLong(entry + 8))
        : slowLoad(memory, address, 8, countdown, remaining);
  }

  /// Where a table holds what it has for an address: the page, and behind it what leads from an
  /// address in it to the host's.
  public static long entry(long table, long address) {
    return AddressSpace.entry(table, address);
  }

  public static long slowLoad(
      AddressSpace memory, long address, int bytes, Countdown countdown, int remaining) {
    countdown.remaining(remaining);
    return memory.loadSlowly(address, bytes);
  }

  /// Stores the low byte of `value`.
  public static boolean storeByte(
      AddressSpace memory,
      long address,
      int value,
      long table,
      Countdown countdown,
      int remaining) {
    long entry = AddressSpace.entry(table, address);
    if (RawMemory.getLong(entry) == (address & AddressSpace.PAGE)) {
      RawMemory.putByte(address + RawMemory.getLong(entry + 8), value);
      return false;
    }
    return slowStore(memory, address, 1, value, countdown, remaining);
  }

  /// Stores the low two bytes of `value`.
  public static boolean storeShort(
      AddressSpace memory,
      long address,
      int value,
      long table,
      Countdown countdown,
      int remaining) {
    long entry = AddressSpace.entry(table, address);
    if (RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 1))) {
      RawMemory.putShort(address + RawMemory.getLong(entry + 8), value);
      return false;
    }
    return slowStore(memory, address, 2, value, countdown, remaining);
  }

  /// Stores four bytes.
  public static boolean storeInt(
      AddressSpace memory,
      long address,
      int value,
      long table,
      Countdown countdown,
      int remaining) {
    long entry = AddressSpace.entry(table, address);
    if (RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 3))) {
      RawMemory.putInt(address + RawMemory.getLong(entry + 8), value);
      return false;
    }
    return slowStore(memory, address, 4, value, countdown, remaining);
  }

  /// Stores eight bytes.
  public static boolean storeLong(
      AddressSpace memory,
      long address,
      long value,
      long table,
      Countdown countdown,
      int remaining) {
    long entry = AddressSpace.entry(table, address);
    if (RawMemory.getLong(entry) == (address & (AddressSpace.PAGE | 7))) {
      RawMemory.putLong(address + RawMemory.getLong(entry + 8), value);
      return false;
    }
    return slowStore(memory, address, 8, value, countdown, remaining);
  }

  public static boolean slowStore(
      AddressSpace memory,
      long address,
      int bytes,
      long value,
      Countdown countdown,
      int remaining) {
    countdown.remaining(remaining);
    memory.storeSlowly(address, bytes, value);
    return countdown.remaining() != remaining;
  }
}
