package hospes.zmachine;

import hospes.machine.TrapException;
import hospes.memory.AddressSpace;

/// Where objects are, and how they are linked, in the two layouts that there are. Z-Machine
/// Standards 1.1, 12.3.
final class ObjectTree {
  /// Attributes, and the offsets of an entry until version 3, whose links are bytes.
  static final int SMALL_ATTRIBUTES = 32;

  static final int SMALL_PARENT = 4;
  static final int SMALL_SIBLING = 5;
  static final int SMALL_CHILD = 6;
  static final int SMALL_PROPERTIES = 7;

  /// The same from version 4 on, where links are words.
  static final int ATTRIBUTES = 48;

  static final int PARENT = 6;
  static final int SIBLING = 8;
  static final int CHILD = 10;
  static final int PROPERTIES = 12;

  private static final int SMALL_SIZE = 9;
  private static final int SMALL_DEFAULTS = 2 * 31;
  private static final int SIZE = 14;
  private static final int DEFAULTS = 2 * 63;

  private ObjectTree() {}

  /// The address of an object's entry in a story of version 1 to 3.
  static int smallEntry(AddressSpace memory, int object) {
    if (object == 0 || object > 0xff) {
      throw new TrapException(new ZTrap.IllegalObject(object));
    }
    return Words.load(memory, Header.OBJECTS) + SMALL_DEFAULTS - SMALL_SIZE + SMALL_SIZE * object;
  }

  /// The address of an object's entry in a story of version 4 or later.
  static int entry(AddressSpace memory, int object) {
    int address = Words.load(memory, Header.OBJECTS) + DEFAULTS - SIZE + SIZE * object;
    if (object == 0 || address > Story.ADDRESSABLE - SIZE) {
      throw new TrapException(new ZTrap.IllegalObject(object));
    }
    return address;
  }

  /// The address of an object's entry.
  static int entry(ZProcessor core, int object) {
    return core.version <= 3 ? smallEntry(core.memory, object) : entry(core.memory, object);
  }

  static int parent(ZProcessor core, int object) {
    return core.version <= 3
        ? core.loadByte(smallEntry(core.memory, object) + SMALL_PARENT)
        : core.loadWord(entry(core.memory, object) + PARENT);
  }

  static int sibling(ZProcessor core, int object) {
    return core.version <= 3
        ? core.loadByte(smallEntry(core.memory, object) + SMALL_SIBLING)
        : core.loadWord(entry(core.memory, object) + SIBLING);
  }

  static int child(ZProcessor core, int object) {
    return core.version <= 3
        ? core.loadByte(smallEntry(core.memory, object) + SMALL_CHILD)
        : core.loadWord(entry(core.memory, object) + CHILD);
  }

  private static void setParent(ZProcessor core, int object, int parent) {
    if (core.version <= 3) {
      core.storeByte(smallEntry(core.memory, object) + SMALL_PARENT, parent);
    } else {
      core.storeWord(entry(core.memory, object) + PARENT, parent);
    }
  }

  private static void setSibling(ZProcessor core, int object, int sibling) {
    if (core.version <= 3) {
      core.storeByte(smallEntry(core.memory, object) + SMALL_SIBLING, sibling);
    } else {
      core.storeWord(entry(core.memory, object) + SIBLING, sibling);
    }
  }

  private static void setChild(ZProcessor core, int object, int child) {
    if (core.version <= 3) {
      core.storeByte(smallEntry(core.memory, object) + SMALL_CHILD, child);
    } else {
      core.storeWord(entry(core.memory, object) + CHILD, child);
    }
  }

  /// Takes an object, with all that is in it, out of what it is in.
  static void remove(ZProcessor core, int object) {
    int parent = parent(core, object);
    if (parent == 0) {
      return;
    }
    int next = sibling(core, object);
    int child = child(core, parent);
    if (child == object) {
      setChild(core, parent, next);
    } else {
      setSibling(core, elderSibling(core, child, object), next);
    }
    setParent(core, object, 0);
    setSibling(core, object, 0);
  }

  /// Who has `object` for its sibling, from `child` on.
  private static int elderSibling(ZProcessor core, int child, int object) {
    // No more objects can be told apart: whoever goes on longer goes round in a circle.
    for (int steps = 0; child != 0 && steps < 0x10000; steps++) {
      int next = sibling(core, child);
      if (next == object) {
        return child;
      }
      child = next;
    }
    throw new TrapException(new ZTrap.EndlessTree(object));
  }

  /// Makes an object the first child of another one.
  static void insert(ZProcessor core, int object, int destination) {
    remove(core, object);
    int first = child(core, destination);
    setParent(core, object, destination);
    setSibling(core, object, first);
    setChild(core, destination, object);
  }

  /// The address of the byte that holds an attribute.
  static int attributeAddress(ZProcessor core, int object, int attribute) {
    if (attribute >= (core.version <= 3 ? SMALL_ATTRIBUTES : ATTRIBUTES)) {
      throw new TrapException(new ZTrap.IllegalAttribute(attribute));
    }
    return entry(core, object) + (attribute >> 3);
  }

  /// The address of an object's property table.
  static int propertyTable(ZProcessor core, int object) {
    return core.version <= 3
        ? core.loadWord(smallEntry(core.memory, object) + SMALL_PROPERTIES)
        : core.loadWord(entry(core.memory, object) + PROPERTIES);
  }
}
