package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Faults;
import hospes.engine.Frames;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.Pc;
import hospes.engine.Store;

/// Text. Z-Machine Standards 1.1, 3, 7 and 15.
@Extension(value = "printing", place = Place.CALLED)
final class Printing {
  private Printing() {}

  /// Prints the text that follows.
  @Instruction("print text : 0OP:178")
  @Store
  static void print(ZProcessor core, @Pc long pc) {
    core.output.text((int) pc + 1);
  }

  /// Prints the text that follows and a new line, and returns 1.
  @Instruction("print_ret text : 0OP:179")
  @Jump
  @Frames
  static long printRet(ZProcessor core, @Pc long pc) {
    core.output.text((int) pc + 1);
    core.output.newLine();
    return core.leave(1);
  }

  /// Prints the text at an address.
  @Instruction("print_addr address : 1OP:135")
  @Store
  static void printAddr(ZProcessor core, @Value int address) {
    core.output.text(address);
  }

  /// Prints the text at a packed address.
  @Instruction("print_paddr address : 1OP:141")
  @Store
  static void printPaddr(ZProcessor core, @Value int address) {
    core.output.text(core.stringAddress(address));
  }

  /// Prints the short name of an object.
  @Instruction("print_obj object : 1OP:138")
  @Store
  @Faults
  static void printObj(ZProcessor core, @Value int object) {
    int table = ObjectTree.propertyTable(core, object);
    if (core.loadByte(table) != 0) {
      core.output.text(table + 1);
    }
  }

  /// Prints a character of ZSCII.
  @Instruction("print_char character : VAR:229")
  @Store
  static void printChar(ZProcessor core, @Value int character) {
    core.output.print(character & 0x3ff);
  }

  /// Prints a signed number.
  @Instruction("print_num number : VAR:230")
  @Store
  static void printNum(ZProcessor core, @Value int number) {
    String digits = Integer.toString((short) number);
    for (int i = 0; i < digits.length(); i++) {
      core.output.print(digits.charAt(i));
    }
  }

  /// Prints a new line.
  @Instruction("new_line : 0OP:187")
  @Store
  static void newLine(ZProcessor core) {
    core.output.newLine();
  }

  /// Prints a rectangle of ZSCII, each line below the other; `skip` bytes lie between lines.
  @Instruction("print_table zscii, width, height, skip : VAR:254 v5")
  @Store
  static void printTable(
      ZProcessor core,
      @Value int zscii,
      @Value int width,
      @Value int height,
      @Value int skip,
      @Count int count) {
    int lines = count > 2 ? height : 1;
    core.checkReadable(zscii, 0);
    core.output.rectangle(zscii, width, lines, skip);
  }

  /// Prints a character of Unicode.
  @Instruction("print_unicode character : EXT:11 v5")
  @Store
  static void printUnicode(ZProcessor core, @Value int character) {
    core.output.printUnicode(character);
  }

  /// Whether a character of Unicode can be printed (1) and typed (2).
  @Instruction("check_unicode character -> rd : EXT:12 v5")
  static int checkUnicode(ZProcessor core, @Value int character) {
    return core.output.checkUnicode(character);
  }
}
