package hospes.zmachine;

import hospes.memory.AddressSpace;

/// Words in memory: two bytes, the most significant first.
final class Words {
  private Words() {}

  static int load(AddressSpace memory, int address) {
    return Short.toUnsignedInt(Short.reverseBytes((short) memory.loadShort(address)));
  }

  static void store(AddressSpace memory, int address, int value) {
    memory.storeShort(address, Short.reverseBytes((short) value));
  }
}
