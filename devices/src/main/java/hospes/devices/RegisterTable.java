package hospes.devices;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// A device's registers as its data sheet lists them: offset, name, and what reading and writing
/// do.
///
/// ```java
/// registers.at(0x04, "TIME_HIGH").readOnly(() -> latched >>> 32);
/// registers.at(0x4000, "MTIMECMP").width(8).times(harts).readWrite(this::get, this::set);
/// ```
///
/// Accesses need not match the registers. One that is wider than a register is split, lowest
/// address first; a narrower one reads the register's bytes that it asks for. A narrower write is
/// completed with the register's other bytes as they read ([Register#readWrite]), or with zeros
/// ([Register#writeOnly], [Register#port]). Holes read as zero and ignore writes.
public final class RegisterTable {
  /// Writes element `index` of an array of registers.
  @FunctionalInterface
  public interface IndexedWriter {
    /// Takes the value, zero-extended from the register's width.
    void write(int index, long value);
  }

  private enum Partial {
    MERGE,
    ZERO_FILL
  }

  private record Entry(
      long offset,
      String name,
      int width,
      int count,
      IntToLongFunction reader,
      IndexedWriter writer,
      Partial partial) {
    long end() {
      return offset + (long) width * count;
    }
  }

  private static final IntToLongFunction READS_ZERO = index -> 0;
  private static final IndexedWriter IGNORES_WRITES = (index, value) -> {};

  private final int defaultWidth;
  private Entry[] entries = {};

  /// An empty table of registers of four bytes.
  public RegisterTable() {
    this(Integer.BYTES);
  }

  /// An empty table whose registers have `defaultWidth` bytes unless they say otherwise.
  public RegisterTable(int defaultWidth) {
    this.defaultWidth = defaultWidth;
  }

  /// Begins a register: say next what reading and writing do.
  public Register at(long offset, String name) {
    return new Register(offset, name);
  }

  /// Reads 1 to 8 bytes, zero-extended.
  public long read(long offset, int bytes) {
    long value = 0;
    int done = 0;
    while (done < bytes) {
      long at = offset + done;
      int slot = find(at);
      int part;
      if (slot < 0) {
        part = holeFrom(at, ~slot, bytes - done);
      } else {
        Entry entry = entries[slot];
        int index = (int) ((at - entry.offset) / entry.width);
        int within = (int) ((at - entry.offset) % entry.width);
        part = Math.min(bytes - done, entry.width - within);
        long whole = entry.reader.applyAsLong(index);
        value |= (whole >>> within * Byte.SIZE & mask(part)) << done * Byte.SIZE;
      }
      done += part;
    }
    return value;
  }

  /// Writes 1 to 8 bytes of `value`.
  public void write(long offset, int bytes, long value) {
    int done = 0;
    while (done < bytes) {
      long at = offset + done;
      int slot = find(at);
      int part;
      if (slot < 0) {
        part = holeFrom(at, ~slot, bytes - done);
      } else {
        Entry entry = entries[slot];
        int index = (int) ((at - entry.offset) / entry.width);
        int within = (int) ((at - entry.offset) % entry.width);
        part = Math.min(bytes - done, entry.width - within);
        long piece = (value >>> done * Byte.SIZE & mask(part)) << within * Byte.SIZE;
        if (part < entry.width && entry.partial == Partial.MERGE) {
          long others = mask(entry.width) & ~(mask(part) << within * Byte.SIZE);
          piece |= entry.reader.applyAsLong(index) & others;
        }
        entry.writer.write(index, piece);
      }
      done += part;
    }
  }

  private int holeFrom(long at, int nextSlot, int wanted) {
    return nextSlot < entries.length
        ? (int) Math.min(wanted, entries[nextSlot].offset - at)
        : wanted;
  }

  /// Index of the entry that holds an offset, else the complement of the index of the next one.
  private int find(long offset) {
    int low = 0;
    int high = entries.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Entry entry = entries[middle];
      if (offset < entry.offset) {
        high = middle - 1;
      } else if (offset >= entry.end()) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return ~low;
  }

  private static long mask(int bytes) {
    return bytes == Long.BYTES ? -1L : (1L << bytes * Byte.SIZE) - 1;
  }

  private void add(Entry added) {
    int slot = find(added.offset);
    boolean taken = slot >= 0;
    int next = taken ? slot : ~slot;
    if (taken || next < entries.length && entries[next].offset < added.end()) {
      throw new IllegalArgumentException(
          "register %s overlaps %s".formatted(added.name, entries[next].name));
    }
    Entry[] grown = Arrays.copyOf(entries, entries.length + 1);
    System.arraycopy(entries, next, grown, next + 1, entries.length - next);
    grown[next] = added;
    entries = grown;
  }

  /// A register that is being described.
  public final class Register {
    private final long offset;
    private final String name;
    private int width = defaultWidth;

    private Register(long offset, String name) {
      this.offset = offset;
      this.name = name;
    }

    /// Sets the width in bytes: 1, 2, 4 or 8.
    public Register width(int bytes) {
      width = bytes;
      return this;
    }

    /// Makes an array of `count` registers, one after the other.
    public RegisterArray times(int count) {
      return new RegisterArray(offset, name, width, count);
    }

    /// Reading gives `reader`'s value, as far as it fits; writes are ignored.
    public void readOnly(LongSupplier reader) {
      times(1).readOnly(index -> reader.getAsLong());
    }

    /// Reads as zero.
    public void writeOnly(LongConsumer writer) {
      times(1).writeOnly((index, value) -> writer.accept(value));
    }

    /// Holds a value: a narrower write keeps the other bytes.
    public void readWrite(LongSupplier reader, LongConsumer writer) {
      times(1).readWrite(index -> reader.getAsLong(), (index, value) -> writer.accept(value));
    }

    /// Is a door with two sides, like a FIFO's: a write never reads, a narrower one is zero-filled.
    public void port(LongSupplier reader, LongConsumer writer) {
      times(1).port(index -> reader.getAsLong(), (index, value) -> writer.accept(value));
    }
  }

  /// Equal registers in a row that are being described.
  public final class RegisterArray {
    private final long offset;
    private final String name;
    private final int width;
    private final int count;

    private RegisterArray(long offset, String name, int width, int count) {
      this.offset = offset;
      this.name = name;
      this.width = width;
      this.count = count;
    }

    /// As [Register#readOnly], for each.
    public void readOnly(IntToLongFunction reader) {
      add(new Entry(offset, name, width, count, reader, IGNORES_WRITES, Partial.ZERO_FILL));
    }

    /// As [Register#writeOnly], for each.
    public void writeOnly(IndexedWriter writer) {
      add(new Entry(offset, name, width, count, READS_ZERO, writer, Partial.ZERO_FILL));
    }

    /// As [Register#readWrite], for each.
    public void readWrite(IntToLongFunction reader, IndexedWriter writer) {
      add(new Entry(offset, name, width, count, reader, writer, Partial.MERGE));
    }

    /// As [Register#port], for each.
    public void port(IntToLongFunction reader, IndexedWriter writer) {
      add(new Entry(offset, name, width, count, reader, writer, Partial.ZERO_FILL));
    }
  }
}
