package hospes.memory;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Virtual memory as one hart sees it: a software TLB in front of an [AddressTranslation], a
/// [FrameTable] and the devices.
///
/// The TLB is direct-mapped and lives outside the Java heap. An entry is a tag (the virtual page)
/// and an addend (what to add to a virtual address to get the host address). An access that is not
/// naturally aligned keeps its low address bits in the comparison and so never hits: alignment
/// costs nothing on the fast path. There are several sets of entries, one for each way the
/// architecture may look at memory (its privilege modes); [#select] changes between them.
///
/// The TLB is a cache and nothing else: what an access does must not depend on whether it has an
/// entry. What a guest may notice of translations that it changed is the affair of the address
/// translation, which is asked first for every entry and flushes when it changes its mind.
///
/// Entries that were entered since the last flush are kept in a list, so that a flush costs as much
/// as what was used. Writable entries exist only for frames that are private and hold no decoded
/// code; all else goes the slow way.
public final class AddressSpace implements AutoCloseable {
  private static final int ENTRIES = 1024;
  private static final int ENTRY_BYTES = 16;
  private static final int TABLE_BYTES = ENTRIES * ENTRY_BYTES;
  private static final long INDEX_MASK = (ENTRIES - 1) * (long) ENTRY_BYTES;
  private static final int INDEX_SHIFT = 12 - 4;
  static final long PAGE = -FramePool.FRAME_SIZE;
  private static final long EMPTY = -1;
  private static final long WRITE = 1;

  /// Entries listed as used. When there are more, a flush goes through all.
  private static final int MOST_USED = 1024;

  /// What an address space looks into until it has entries of a kind: a table without any. One for
  /// all, and never written.
  private static final long EMPTY_TABLE = emptyTable();

  private final FrameTable frames;
  private final AddressTranslation addressTranslation;
  private final DeviceAccess devices;

  /// The tables of all sets: for each, that for reading and that for writing. Most address spaces
  /// use few of them.
  private final long[] tables;

  private final List<HostBlock> owned = new ArrayList<>();

  /// Entries in use; those for writing are marked by the lowest bit.
  private long[] used = new long[16];

  private int usedCount;
  private int selected;
  private long reads;
  private long writes;

  /// An address space with `sets` sets of TLB entries; set 0 is selected.
  public AddressSpace(
      FrameTable frames, AddressTranslation addressTranslation, DeviceAccess devices, int sets) {
    this.frames = frames;
    this.addressTranslation = addressTranslation;
    this.devices = devices;
    this.tables = new long[2 * sets];
    Arrays.fill(tables, EMPTY_TABLE);
    frames.addUser(this);
    select(0);
  }

  private static long emptyTable() {
    long table = Arena.global().allocate(TABLE_BYTES, 64).address();
    RawMemory.fill(table, TABLE_BYTES, (byte) 0xff);
    return table;
  }

  /// The table at an index, for writing an entry. Code that runs now may go on looking into the
  /// empty one: it finds nothing there, and comes here.
  private long tableForEntry(int index) {
    if (tables[index] == EMPTY_TABLE) {
      HostBlock block = new HostBlock(TABLE_BYTES, 64);
      owned.add(block);
      tables[index] = block.address();
      clear(block.address());
      select(selected);
    }
    return tables[index];
  }

  /// From now on accesses are looked up in this set.
  public void select(int set) {
    selected = set;
    reads = tables[2 * set];
    writes = tables[2 * set + 1];
  }

  long reads() {
    return reads;
  }

  long writes() {
    return writes;
  }

  /// Where a table holds what it has for an address.
  static long entry(long table, long virtualAddress) {
    return table + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
  }

  /// Forgets all translations.
  public void flush() {
    if (usedCount < MOST_USED) {
      for (int i = 0; i < usedCount; i++) {
        RawMemory.putLong(used[i] & ~WRITE, EMPTY);
      }
    } else {
      for (long table : tables) {
        clear(table);
      }
    }
    usedCount = 0;
  }

  private static void clear(long table) {
    if (table != EMPTY_TABLE) {
      RawMemory.fill(table, TABLE_BYTES, (byte) 0xff);
    }
  }

  /// Forgets where memory can be written directly.
  void flushWrites() {
    for (int index = 1; index < tables.length; index += 2) {
      clear(tables[index]);
    }
  }

  /// Forgets the translations of one virtual page, in all sets.
  public void flushPage(long virtualAddress) {
    for (long table : tables) {
      if (table != EMPTY_TABLE) {
        RawMemory.putLong(entry(table, virtualAddress), EMPTY);
      }
    }
  }

  /// Forgets all entries that lead to a frame.
  void forget(long frame) {
    if (usedCount < MOST_USED) {
      for (int i = 0; i < usedCount; i++) {
        forget(frame, used[i] & ~WRITE);
      }
    } else {
      for (long table : tables) {
        forgetTable(frame, table);
      }
    }
  }

  /// Forgets all writable entries that lead to a frame.
  void forgetWrites(long frame) {
    if (usedCount < MOST_USED) {
      for (int i = 0; i < usedCount; i++) {
        if ((used[i] & WRITE) != 0) {
          forget(frame, used[i] & ~WRITE);
        }
      }
    } else {
      for (int index = 1; index < tables.length; index += 2) {
        forgetTable(frame, tables[index]);
      }
    }
  }

  private static void forgetTable(long frame, long table) {
    if (table == EMPTY_TABLE) {
      return;
    }
    for (long entry = table; entry < table + TABLE_BYTES; entry += ENTRY_BYTES) {
      forget(frame, entry);
    }
  }

  private static void forget(long frame, long entry) {
    long tag = RawMemory.getLong(entry);
    if (tag != EMPTY && tag + RawMemory.getLong(entry + 8) == frame) {
      RawMemory.putLong(entry, EMPTY);
    }
  }

  /// Loads one byte, zero-extended.
  public int loadByte(long virtualAddress) {
    long entry = reads + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    return RawMemory.getLong(entry) == (virtualAddress & PAGE)
        ? RawMemory.getByte(virtualAddress + RawMemory.getLong(entry + 8))
        : (int) loadSlowly(virtualAddress, 1);
  }

  /// Loads two bytes, zero-extended.
  public int loadShort(long virtualAddress) {
    long entry = reads + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    return RawMemory.getLong(entry) == (virtualAddress & (PAGE | 1))
        ? RawMemory.getShort(virtualAddress + RawMemory.getLong(entry + 8))
        : (int) loadSlowly(virtualAddress, 2);
  }

  /// Loads four bytes.
  public int loadInt(long virtualAddress) {
    long entry = reads + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    return RawMemory.getLong(entry) == (virtualAddress & (PAGE | 3))
        ? RawMemory.getInt(virtualAddress + RawMemory.getLong(entry + 8))
        : (int) loadSlowly(virtualAddress, 4);
  }

  /// Loads eight bytes.
  public long loadLong(long virtualAddress) {
    long entry = reads + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    return RawMemory.getLong(entry) == (virtualAddress & (PAGE | 7))
        ? RawMemory.getLong(virtualAddress + RawMemory.getLong(entry + 8))
        : loadSlowly(virtualAddress, 8);
  }

  /// Stores the low byte of `value`.
  public void storeByte(long virtualAddress, int value) {
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & PAGE)) {
      RawMemory.putByte(virtualAddress + RawMemory.getLong(entry + 8), value);
    } else {
      storeSlowly(virtualAddress, 1, value);
    }
  }

  /// Stores the low two bytes of `value`.
  public void storeShort(long virtualAddress, int value) {
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & (PAGE | 1))) {
      RawMemory.putShort(virtualAddress + RawMemory.getLong(entry + 8), value);
    } else {
      storeSlowly(virtualAddress, 2, value);
    }
  }

  /// Stores four bytes.
  public void storeInt(long virtualAddress, int value) {
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & (PAGE | 3))) {
      RawMemory.putInt(virtualAddress + RawMemory.getLong(entry + 8), value);
    } else {
      storeSlowly(virtualAddress, 4, value);
    }
  }

  /// Stores eight bytes.
  public void storeLong(long virtualAddress, long value) {
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & (PAGE | 7))) {
      RawMemory.putLong(virtualAddress + RawMemory.getLong(entry + 8), value);
    } else {
      storeSlowly(virtualAddress, 8, value);
    }
  }

  /// Fails as a store of `bytes` would where the guest may not write; writes nothing. For
  /// read-modify-write accesses, whose faults are a store's.
  public void checkStore(long virtualAddress, int bytes) {
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) != (virtualAddress & (PAGE | bytes - 1))) {
      physical(virtualAddress, Access.WRITE, bytes);
    }
  }

  private static boolean crossesPage(long virtualAddress, int bytes) {
    return (virtualAddress & FramePool.FRAME_SIZE - 1) + bytes > FramePool.FRAME_SIZE;
  }

  long loadSlowly(long virtualAddress, int bytes) {
    if (crossesPage(virtualAddress, bytes)) {
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (long) loadByte(virtualAddress + i) << 8 * i;
      }
      return value;
    }
    long entry = reads + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & PAGE)) {
      // Only the alignment kept the fast path from it.
      return getRaw(virtualAddress + RawMemory.getLong(entry + 8), bytes);
    }
    long translation = addressTranslation.translate(virtualAddress, Access.READ, bytes);
    long inPage = virtualAddress & FramePool.FRAME_SIZE - 1;
    long physicalAddress = (translation & PAGE) + inPage;
    if (!frames.contains(physicalAddress)) {
      return loadFromDevice(virtualAddress, physicalAddress, bytes);
    }
    long frame = frames.readable(physicalAddress);
    if ((translation & AddressTranslation.WHOLE_PAGE) != 0) {
      enter(2 * selected, virtualAddress, frame);
    }
    return getRaw(frame + inPage, bytes);
  }

  private long loadFromDevice(long virtualAddress, long physicalAddress, int bytes) {
    if ((physicalAddress & bytes - 1) != 0 || !devices.answers(physicalAddress, bytes)) {
      throw addressTranslation.accessFault(virtualAddress, Access.READ);
    }
    return devices.read(physicalAddress, bytes);
  }

  void storeSlowly(long virtualAddress, int bytes, long value) {
    if (crossesPage(virtualAddress, bytes)) {
      int inFirst = (int) (FramePool.FRAME_SIZE - (virtualAddress & FramePool.FRAME_SIZE - 1));
      // Both pages must be writable before the first byte is written: a store that traps has done
      // nothing.
      physical(virtualAddress, Access.WRITE, inFirst);
      physical(virtualAddress + inFirst, Access.WRITE, bytes - inFirst);
      for (int i = 0; i < bytes; i++) {
        storeByte(virtualAddress + i, (int) (value >>> 8 * i));
      }
      return;
    }
    long entry = writes + (virtualAddress >>> INDEX_SHIFT & INDEX_MASK);
    if (RawMemory.getLong(entry) == (virtualAddress & PAGE)) {
      putRaw(virtualAddress + RawMemory.getLong(entry + 8), bytes, value);
      return;
    }
    long translation = addressTranslation.translate(virtualAddress, Access.WRITE, bytes);
    long inPage = virtualAddress & FramePool.FRAME_SIZE - 1;
    long physicalAddress = (translation & PAGE) + inPage;
    if (!frames.contains(physicalAddress)) {
      if ((physicalAddress & bytes - 1) != 0 || !devices.answers(physicalAddress, bytes)) {
        throw addressTranslation.accessFault(virtualAddress, Access.WRITE);
      }
      devices.write(physicalAddress, bytes, value);
      return;
    }
    long frame = frames.writable(physicalAddress);
    putRaw(frame + inPage, bytes, value);
    if (frames.isCode(physicalAddress)) {
      frames.written(physicalAddress, bytes);
    } else if ((translation & AddressTranslation.WHOLE_PAGE) != 0) {
      enter(2 * selected + 1, virtualAddress, frame);
    }
  }

  /// The physical address behind a virtual one, or the architecture's trap.
  public long physical(long virtualAddress, Access access, int bytes) {
    long physicalAddress =
        (addressTranslation.translate(virtualAddress, access, bytes) & PAGE)
            + (virtualAddress & FramePool.FRAME_SIZE - 1);
    if (!frames.contains(physicalAddress) && !devices.answers(physicalAddress, bytes)) {
      throw addressTranslation.accessFault(virtualAddress, access);
    }
    return physicalAddress;
  }

  private void enter(int index, long virtualAddress, long frame) {
    long entry = entry(tableForEntry(index), virtualAddress);
    long tag = virtualAddress & PAGE;
    if (RawMemory.getLong(entry) == EMPTY && usedCount < MOST_USED) {
      if (usedCount == used.length) {
        used = Arrays.copyOf(used, 2 * usedCount);
      }
      used[usedCount++] = entry | index & WRITE;
    }
    RawMemory.putLong(entry, tag);
    RawMemory.putLong(entry + 8, frame - tag);
  }

  static long getRaw(long address, int bytes) {
    return switch (bytes) {
      case 1 -> RawMemory.getByte(address);
      case 2 -> RawMemory.getShort(address);
      case 4 -> RawMemory.getInt(address) & 0xffff_ffffL;
      case 8 -> RawMemory.getLong(address);
      default -> getBytes(address, bytes);
    };
  }

  private static long getBytes(long address, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) RawMemory.getByte(address + i) << 8 * i;
    }
    return value;
  }

  static void putRaw(long address, int bytes, long value) {
    switch (bytes) {
      case 1 -> RawMemory.putByte(address, (int) value);
      case 2 -> RawMemory.putShort(address, (int) value);
      case 4 -> RawMemory.putInt(address, (int) value);
      case 8 -> RawMemory.putLong(address, value);
      default -> throw new IllegalArgumentException(bytes + " bytes");
    }
  }

  /// Frees the TLB.
  @Override
  public void close() {
    frames.removeUser(this);
    owned.forEach(HostBlock::close);
    owned.clear();
  }
}
