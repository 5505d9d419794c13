package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;

/// A translation-lookaside buffer as the guest can notice it: the leaf entries of page tables that
/// a hart read and may go on using until a fence. RISC-V Privileged ISA 20240411, 11.3.2.
///
/// Every page has a place, whatever other pages are in use, so what is held depends only on the
/// instructions that were executed, not on what caches in front of this one still held. When the
/// buffer is full all of it is forgotten. It is part of the hart's state.
///
/// A hash table with open addressing. A superpage is one entry; it is found by its level.
final class TranslationBuffer {
  /// What a fence for one address removed, which others may have derived something from.
  enum Forgotten {
    NOTHING,
    PAGE,
    SUPERPAGE
  }

  private static final int LEVELS = 5;
  private static final int LEVEL_BITS = 3;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  /// Translations for which there is room before the first are held: most guests never need more.
  private static final int FIRST_LOG2 = 6;

  private final int most;
  private int shift;
  private int mask;

  /// A key (page number and level; 0 for nothing) and a leaf entry (0 if it was forgotten) for each
  /// slot, side by side so that a search touches one line of the host's cache.
  private long[] table;

  private int[] slots;
  private int count;
  private int levels;

  /// An empty buffer for 2 to the power of `log2` translations.
  TranslationBuffer(int log2) {
    most = 1 << log2;
    int room = Math.min(FIRST_LOG2, log2);
    table = new long[entries(room)];
    slots = new int[1 << room];
    setRoom(room);
  }

  /// Length of the table for so many translations: at most half full, so that a search is short.
  private static int entries(int log2) {
    return 4 << log2;
  }

  private void setRoom(int log2) {
    shift = 64 - (log2 + 1);
    mask = entries(log2) - 1;
  }

  /// Makes room for twice as many translations; what is held does not change.
  private void grow() {
    long[] oldTable = table;
    int[] oldSlots = slots;
    int log2 = 64 - shift;
    setRoom(log2);
    table = new long[entries(log2)];
    slots = new int[1 << log2];
    for (int i = 0; i < oldSlots.length; i++) {
      int slot = slot(oldTable[oldSlots[i]]);
      table[slot] = oldTable[oldSlots[i]];
      table[slot + 1] = oldTable[oldSlots[i] + 1];
      slots[i] = slot;
    }
  }

  private static long key(long virtualAddress, int level) {
    return virtualAddress >>> 12 + 9 * level << LEVEL_BITS | level + 1;
  }

  /// The index of a key in the table, or of the free slot where it belongs.
  private int slot(long key) {
    int slot = (int) (key * MULTIPLIER >>> shift) << 1;
    while (table[slot] != key && table[slot] != 0) {
      slot = slot + 2 & mask;
    }
    return slot;
  }

  /// The levels of page tables from which entries came, as a set of bits.
  int levels() {
    return levels;
  }

  /// The leaf entry for an address, if one of that level is held, else 0.
  long find(long virtualAddress, int level) {
    return table[slot(key(virtualAddress, level)) + 1];
  }

  /// Whether there is no place for one more page, and this one has none yet.
  boolean isFullFor(long virtualAddress, int level) {
    return count == most && table[slot(key(virtualAddress, level))] == 0;
  }

  /// Holds a leaf entry, instead of the one that was held for the same page.
  void put(long virtualAddress, int level, long entry) {
    put(key(virtualAddress, level), entry);
  }

  private void put(long key, long entry) {
    int slot = slot(key);
    if (table[slot] == 0) {
      if (count == slots.length) {
        grow();
        slot = slot(key);
      }
      table[slot] = key;
      slots[count++] = slot;
      levels |= 1 << level(key);
    }
    table[slot + 1] = entry;
  }

  private static int level(long key) {
    return (int) (key & (1 << LEVEL_BITS) - 1) - 1;
  }

  /// Forgets the entries for an address.
  Forgotten forget(long virtualAddress) {
    Forgotten forgotten = Forgotten.NOTHING;
    for (int level = 0; levels >>> level != 0; level++) {
      int slot = slot(key(virtualAddress, level));
      if (table[slot + 1] != 0) {
        // The key stays, for the search for others goes past it.
        table[slot + 1] = 0;
        forgotten = level == 0 ? Forgotten.PAGE : Forgotten.SUPERPAGE;
      }
    }
    return forgotten;
  }

  /// Forgets everything.
  void clear() {
    for (int i = 0; i < count; i++) {
      table[slots[i]] = 0;
      table[slots[i] + 1] = 0;
    }
    count = 0;
    levels = 0;
  }

  /// Saves the entries from the oldest to the newest, those that were forgotten too: they count.
  void save(RecordWriter out) {
    out.putInt(count);
    for (int i = 0; i < count; i++) {
      out.putLong(table[slots[i]]);
      out.putLong(table[slots[i] + 1]);
    }
  }

  void restore(RecordReader in) {
    clear();
    for (int left = in.getCount(most); left > 0; left--) {
      long key = in.getLong();
      if (level(key) < 0 || level(key) >= LEVELS) {
        throw new SnapshotException("the snapshot is damaged: a translation is of no level");
      }
      put(key, in.getLong());
    }
  }
}
