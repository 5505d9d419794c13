package hospes.zmachine;

import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Instruction;
import hospes.engine.Store;
import hospes.machine.TrapException;

/// Properties of objects. They stand in descending order of their numbers, each behind one or two
/// bytes that tell its number and length. Z-Machine Standards 1.1, 12.4 and 15.
@Extension("properties")
final class Properties {
  private Properties() {}

  private static int number(ZProcessor core, int sizeByte) {
    return sizeByte & (core.version <= 3 ? 0x1f : 0x3f);
  }

  /// The address of the first property's size byte.
  private static int first(ZProcessor core, int object) {
    int table = ObjectTree.propertyTable(core, object);
    return table + 1 + 2 * core.loadByte(table);
  }

  /// The address of a property's content.
  ///
  /// @param at the address of its size byte
  private static int content(ZProcessor core, int at) {
    return core.version > 3 && (core.loadByte(at) & 0x80) != 0 ? at + 2 : at + 1;
  }

  /// How long the property is whose last size byte this is.
  private static int length(ZProcessor core, int lastSizeByte) {
    if (core.version <= 3) {
      return (lastSizeByte >> 5) + 1;
    }
    if ((lastSizeByte & 0x80) == 0) {
      return (lastSizeByte >> 6) + 1;
    }
    int length = lastSizeByte & 0x3f;
    return length == 0 ? 64 : length;
  }

  private static int next(ZProcessor core, int at) {
    int content = content(core, at);
    return content + length(core, core.loadByte(content - 1));
  }

  /// The address of the size byte of a property, or 0 where the object has it not.
  private static int find(ZProcessor core, int object, int property) {
    int at = first(core, object);
    while (true) {
      int found = number(core, core.loadByte(at));
      if (found == property && property != 0) {
        return at;
      }
      if (found == 0 || found < property) {
        return 0;
      }
      at = next(core, at);
    }
  }

  private static void check(ZProcessor core, int object, int property) {
    if (property == 0 || property > (core.version <= 3 ? 31 : 63)) {
      throw new TrapException(new ZTrap.IllegalProperty(object, property));
    }
  }

  /// The value of a property of one or two bytes; where the object has it not, the default.
  @Instruction("get_prop object, property -> rd : 2OP:17")
  @Faults
  static int getProp(ZProcessor core, @Value int object, @Value int property) {
    if (object == 0) {
      return 0;
    }
    check(core, object, property);
    int at = find(core, object, property);
    if (at == 0) {
      return core.loadWord(Words.load(core.memory, Header.OBJECTS) + 2 * (property - 1));
    }
    int content = content(core, at);
    return length(core, core.loadByte(content - 1)) == 1
        ? core.loadByte(content)
        : core.loadWord(content);
  }

  /// Where a property's content is, or 0 where the object has it not.
  @Instruction("get_prop_addr object, property -> rd : 2OP:18")
  @Faults
  static int getPropAddr(ZProcessor core, @Value int object, @Value int property) {
    if (object == 0) {
      return 0;
    }
    int at = find(core, object, property);
    return at == 0 ? 0 : content(core, at);
  }

  /// How many bytes long the property is whose content is at an address; 0 for address 0.
  @Instruction("get_prop_len address -> rd : 1OP:132")
  static int getPropLen(ZProcessor core, @Value int address) {
    return address == 0 ? 0 : length(core, core.loadByte(address - 1));
  }

  /// The number of the object's next property, of the first after 0; 0 where there is none.
  @Instruction("get_next_prop object, property -> rd : 2OP:19")
  @Faults
  static int getNextProp(ZProcessor core, @Value int object, @Value int property) {
    if (object == 0) {
      return 0;
    }
    if (property == 0) {
      return number(core, core.loadByte(first(core, object)));
    }
    return number(core, core.loadByte(next(core, existing(core, object, property))));
  }

  /// Sets a property of one or two bytes, which the object must have.
  @Instruction("put_prop object, property, value : VAR:227")
  @Store
  @Faults
  static void putProp(ZProcessor core, @Value int object, @Value int property, @Value int value) {
    if (object == 0) {
      return;
    }
    int content = content(core, existing(core, object, property));
    if (length(core, core.loadByte(content - 1)) == 1) {
      core.storeByte(content, value);
    } else {
      core.storeWord(content, value);
    }
  }

  private static int existing(ZProcessor core, int object, int property) {
    int at = find(core, object, property);
    if (at == 0) {
      throw new TrapException(new ZTrap.IllegalProperty(object, property));
    }
    return at;
  }
}
