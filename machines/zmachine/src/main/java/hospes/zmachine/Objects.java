package hospes.zmachine;

import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.engine.Store;
import hospes.machine.TrapException;
import hospes.memory.AddressSpace;

/// The tree of objects and their attributes. Z-Machine Standards 1.1, 12 and 15.
///
/// Object 0 is nothing. Stories ask about it all the same, and are told that it has no relations
/// and no attributes; to change it changes nothing.
@Extension("objects")
final class Objects {
  private Objects() {}

  /// The next child of the same parent, or 0; branches if there is one.
  @Instruction("get_sibling object -> rd ?offset : 1OP:129 v1-3")
  @Load
  @Faults
  static int getSiblingUntil3(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : memory.loadByte(ObjectTree.smallEntry(memory, object) + ObjectTree.SMALL_SIBLING);
  }

  /// The first child, or 0; branches if there is one.
  @Instruction("get_child object -> rd ?offset : 1OP:130 v1-3")
  @Load
  @Faults
  static int getChildUntil3(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : memory.loadByte(ObjectTree.smallEntry(memory, object) + ObjectTree.SMALL_CHILD);
  }

  /// The parent, or 0.
  @Instruction("get_parent object -> rd : 1OP:131 v1-3")
  @Load
  @Faults
  static int getParentUntil3(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : memory.loadByte(ObjectTree.smallEntry(memory, object) + ObjectTree.SMALL_PARENT);
  }

  /// Branches if `object` is a child of `parent`.
  @Instruction("jin object, parent ?offset : 2OP:6 v1-3")
  @Load
  @Faults
  static boolean jinUntil3(AddressSpace memory, @Value int object, @Value int parent) {
    return getParentUntil3(memory, object) == parent;
  }

  /// Branches if the object has the attribute.
  @Instruction("test_attr object, attribute ?offset : 2OP:10 v1-3")
  @Load
  @Faults
  static boolean testAttrUntil3(AddressSpace memory, @Value int object, @Value int attribute) {
    if (attribute >= ObjectTree.SMALL_ATTRIBUTES) {
      throw new TrapException(new ZTrap.IllegalAttribute(attribute));
    }
    return object != 0
        && (memory.loadByte(ObjectTree.smallEntry(memory, object) + (attribute >> 3))
                & 0x80 >> (attribute & 7))
            != 0;
  }

  /// The next child of the same parent, or 0; branches if there is one.
  @Instruction("get_sibling object -> rd ?offset : 1OP:129 v4")
  @Load
  @Faults
  static int getSibling(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : Words.load(memory, ObjectTree.entry(memory, object) + ObjectTree.SIBLING);
  }

  /// The first child, or 0; branches if there is one.
  @Instruction("get_child object -> rd ?offset : 1OP:130 v4")
  @Load
  @Faults
  static int getChild(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : Words.load(memory, ObjectTree.entry(memory, object) + ObjectTree.CHILD);
  }

  /// The parent, or 0.
  @Instruction("get_parent object -> rd : 1OP:131 v4")
  @Load
  @Faults
  static int getParent(AddressSpace memory, @Value int object) {
    return object == 0
        ? 0
        : Words.load(memory, ObjectTree.entry(memory, object) + ObjectTree.PARENT);
  }

  /// Branches if `object` is a child of `parent`.
  @Instruction("jin object, parent ?offset : 2OP:6 v4")
  @Load
  @Faults
  static boolean jin(AddressSpace memory, @Value int object, @Value int parent) {
    return getParent(memory, object) == parent;
  }

  /// Branches if the object has the attribute.
  @Instruction("test_attr object, attribute ?offset : 2OP:10 v4")
  @Load
  @Faults
  static boolean testAttr(AddressSpace memory, @Value int object, @Value int attribute) {
    if (attribute >= ObjectTree.ATTRIBUTES) {
      throw new TrapException(new ZTrap.IllegalAttribute(attribute));
    }
    return object != 0
        && (memory.loadByte(ObjectTree.entry(memory, object) + (attribute >> 3))
                & 0x80 >> (attribute & 7))
            != 0;
  }

  /// Gives the object an attribute.
  @Instruction("set_attr object, attribute : 2OP:11")
  @Store
  @Faults
  static void setAttr(ZProcessor core, @Value int object, @Value int attribute) {
    if (object != 0) {
      int address = ObjectTree.attributeAddress(core, object, attribute);
      core.storeByte(address, core.loadByte(address) | 0x80 >> (attribute & 7));
    }
  }

  /// Takes an attribute from the object.
  @Instruction("clear_attr object, attribute : 2OP:12")
  @Store
  @Faults
  static void clearAttr(ZProcessor core, @Value int object, @Value int attribute) {
    if (object != 0) {
      int address = ObjectTree.attributeAddress(core, object, attribute);
      core.storeByte(address, core.loadByte(address) & ~(0x80 >> (attribute & 7)));
    }
  }

  /// Makes an object, with all that is in it, the first child of another one.
  @Instruction("insert_obj object, destination : 2OP:14")
  @Store
  @Faults
  static void insertObj(ZProcessor core, @Value int object, @Value int destination) {
    if (object != 0 && destination != 0) {
      ObjectTree.insert(core, object, destination);
    }
  }

  /// Takes an object, with all that is in it, out of what it is in.
  @Instruction("remove_obj object : 1OP:137")
  @Store
  @Faults
  static void removeObj(ZProcessor core, @Value int object) {
    if (object != 0) {
      ObjectTree.remove(core, object);
    }
  }
}
