package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.engine.Store;
import hospes.machine.TrapException;
import hospes.memory.AddressSpace;

/// Bytes and words in memory. Addresses wrap around at 64 KiB. Z-Machine Standards 1.1, 1.1, 2.1
/// and 15.
///
/// A load beyond the end of memory fails in the address space.
@Extension("tables")
final class Tables {
  private static final int WORDS = 0x82;

  private Tables() {}

  /// The word `index` of an array.
  @Instruction("loadw array, index -> rd : 2OP:15")
  @Load
  static int loadw(AddressSpace memory, @Value int array, @Value int index) {
    return Short.toUnsignedInt(
        Short.reverseBytes((short) memory.loadShort(array + 2 * index & 0xffff)));
  }

  /// The byte `index` of an array.
  @Instruction("loadb array, index -> rd : 2OP:16")
  @Load
  static int loadb(AddressSpace memory, @Value int array, @Value int index) {
    return memory.loadByte(array + index & 0xffff);
  }

  /// Writes the word `index` of an array.
  @Instruction("storew array, index, value : VAR:225")
  @Store
  @Faults
  static void storew(
      ZProcessor core, AddressSpace memory, @Value int array, @Value int index, @Value int value) {
    int address = array + 2 * index & 0xffff;
    if (address + 1 >= core.staticBase) {
      throw new TrapException(new ZTrap.WriteOutOfBounds(address));
    }
    memory.storeShort(address, Short.reverseBytes((short) value));
  }

  /// Writes the byte `index` of an array.
  @Instruction("storeb array, index, value : VAR:226")
  @Store
  @Faults
  static void storeb(
      ZProcessor core, AddressSpace memory, @Value int array, @Value int index, @Value int value) {
    int address = array + index & 0xffff;
    if (address >= core.staticBase) {
      throw new TrapException(new ZTrap.WriteOutOfBounds(address));
    }
    memory.storeByte(address, value);
  }

  /// Looks for `x` among `length` fields of a table, and gives the address of the first that holds
  /// it, or 0. A form has the size of fields in its low seven bits, and bit 7 set where `x` is a
  /// word.
  @Instruction("scan_table x, table, length, form -> rd ?offset : VAR:247 v4")
  static int scanTable(
      ZProcessor core,
      @Value int x,
      @Value int table,
      @Value int length,
      @Value int form,
      @Count int count) {
    int how = count > 3 ? form : WORDS;
    int address = table;
    for (int i = 0; i < length; i++) {
      int found = (how & 0x80) != 0 ? core.loadWord(address) : core.loadByte(address);
      if (found == x) {
        return address;
      }
      address = address + (how & 0x7f) & 0xffff;
    }
    return 0;
  }

  /// Copies `size` bytes so that the copy is exact; with a negative size, from the first byte to
  /// the last, so that a pattern is repeated where the tables overlap. To address 0 means: makes
  /// zeros of the first table.
  @Instruction("copy_table first, second, size : VAR:253 v5")
  @Store
  static void copyTable(ZProcessor core, @Value int first, @Value int second, @Value int size) {
    int length = Math.abs((short) size);
    if (length == 0) {
      return;
    }
    if (second == 0) {
      core.checkWritable(first, length);
      for (int i = 0; i < length; i++) {
        core.memory.storeByte(first + i, 0);
      }
      return;
    }
    core.checkReadable(first, length);
    core.checkWritable(second, length);
    boolean backwards = (short) size > 0 && first < second;
    for (int i = 0; i < length; i++) {
      int at = backwards ? length - 1 - i : i;
      core.memory.storeByte(second + at, core.memory.loadByte(first + at));
    }
  }
}
