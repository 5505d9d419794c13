package hospes.zmachine;

import hospes.engine.ListedInstruction.Part;
import hospes.engine.ListedTable;
import hospes.engine.translator.MixedKind;
import hospes.zmachine.text.StoryBytes;
import java.util.Arrays;
import java.util.Optional;

/// Reads instructions as they stand in memory. Z-Machine Standards 1.1, section 4.
final class ZEncoding {
  private static final int EXTENDED = 0xbe;
  private static final int CALL_VS2 = 236;
  private static final int CALL_VN2 = 250;

  /// An instruction in memory.
  ///
  /// @param operands constants, and variables as their numbers with [MixedKind#NAMES] added
  /// @param result the variable that takes the result, where there is one
  /// @param sense 1 where a branch is taken if its condition holds, else 0
  /// @param distance in bytes from the instruction to where it branches
  /// @param length in bytes
  record Instruction(
      ListedTable.Entry entry, int[] operands, int result, int sense, int distance, int length) {}

  /// Where reading stands.
  private static final class Cursor {
    private long at;

    private Cursor(long at) {
      this.at = at;
    }
  }

  /// Kinds of operands, by the two bits that stand for them (4.2).
  private enum Type {
    LARGE,
    SMALL,
    VARIABLE,
    OMITTED
  }

  private static final Type[] TYPES = Type.values();

  private final ListedTable table;
  private final StoryBytes story;
  private final int version;

  ZEncoding(ListedTable table, StoryBytes story, int version) {
    this.table = table;
    this.story = story;
    this.version = version;
  }

  /// The instruction at an address; empty where there is none.
  Optional<Instruction> read(long address) {
    Cursor cursor = new Cursor(address);
    int opcode = nextByte(cursor);
    Type[] types;
    String form;
    int number;
    if (opcode == EXTENDED && version >= 5) {
      form = "EXT";
      number = nextByte(cursor);
      types = types(nextByte(cursor));
    } else if (opcode >= 0xc0) {
      form = (opcode & 0x20) == 0 ? "2OP" : "VAR";
      number = opcode & 0x1f | ((opcode & 0x20) == 0 ? 0 : 0xe0);
      types = types(nextByte(cursor));
      if (number == CALL_VS2 || number == CALL_VN2) {
        types = join(types, types(nextByte(cursor)));
      }
    } else if (opcode >= 0x80) {
      Type only = TYPES[opcode >> 4 & 3];
      form = only == Type.OMITTED ? "0OP" : "1OP";
      number = opcode & 0x0f | (only == Type.OMITTED ? 0xb0 : 0x80);
      types = new Type[] {only};
    } else {
      form = "2OP";
      number = opcode & 0x1f;
      types = new Type[] {longType(opcode & 0x40), longType(opcode & 0x20)};
    }
    Optional<ListedTable.Entry> entry = table.find(form, number, version);
    return entry.isEmpty() ? Optional.empty() : read(entry.get(), types, address, cursor);
  }

  private static Type longType(int bit) {
    return bit == 0 ? Type.SMALL : Type.VARIABLE;
  }

  private static Type[] types(int bits) {
    return new Type[] {
      TYPES[bits >> 6 & 3], TYPES[bits >> 4 & 3], TYPES[bits >> 2 & 3], TYPES[bits & 3]
    };
  }

  private static Type[] join(Type[] first, Type[] second) {
    Type[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private Optional<Instruction> read(
      ListedTable.Entry entry, Type[] types, long address, Cursor cursor) {
    int[] operands = new int[types.length];
    int count = 0;
    for (Type type : types) {
      if (type == Type.OMITTED) {
        break;
      }
      operands[count++] =
          switch (type) {
            case LARGE -> nextByte(cursor) << 8 | nextByte(cursor);
            case SMALL -> nextByte(cursor);
            case VARIABLE -> MixedKind.NAMES | nextByte(cursor);
            case OMITTED -> throw new IllegalStateException("an operand that is not there");
          };
    }
    int result = entry.instruction().has(Part.RESULT) ? nextByte(cursor) : 0;
    int sense = 0;
    int distance = 0;
    if (entry.instruction().has(Part.BRANCH)) {
      int first = nextByte(cursor);
      sense = first >> 7;
      int offset = first & 0x3f;
      if ((first & 0x40) == 0) {
        offset = (offset << 8 | nextByte(cursor)) << 18 >> 18;
      }
      long target = offset == 0 || offset == 1 ? offset : cursor.at + offset - 2;
      distance = (int) (target - address);
    }
    if (entry.instruction().has(Part.TEXT)) {
      skipText(cursor);
    }
    if (cursor.at > story.length()) {
      return Optional.empty();
    }
    return Optional.of(
        new Instruction(
            entry,
            Arrays.copyOf(operands, count),
            result,
            sense,
            distance,
            (int) (cursor.at - address)));
  }

  /// A string ends with the word whose highest bit is set (3.2).
  private void skipText(Cursor cursor) {
    while (cursor.at < story.length() && (byteAt(cursor.at) & 0x80) == 0) {
      cursor.at += 2;
    }
    cursor.at += 2;
  }

  private int nextByte(Cursor cursor) {
    return byteAt(cursor.at++);
  }

  private int byteAt(long address) {
    return address < story.length() ? story.byteAt((int) address) : 0;
  }
}
