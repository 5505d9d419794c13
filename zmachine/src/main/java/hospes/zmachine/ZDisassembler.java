package hospes.zmachine;

import hospes.engine.CodePage;
import hospes.engine.CodeText;
import hospes.engine.ListedInstruction;
import hospes.engine.ListedInstruction.Part;
import hospes.engine.ListedTable.Names;
import hospes.engine.translator.MixedKind;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes Z-code as text, in the manner in which Inform's assembler is written: variables are `sp`,
/// `local0` to `local14` and `g0` to `g239`.
final class ZDisassembler implements CodeText {
  private static final int MOST_BYTES = 8;

  private final FrameTable memory;
  private final ZEncoding encoding;

  /// @param end the address behind the story
  ZDisassembler(FrameTable memory, int version, long end) {
    this.memory = memory;
    this.encoding =
        new ZEncoding(ZInstructions.table(), new FrameBytes(memory, (int) end), version);
  }

  @Override
  public Line line(CodePage page, int slot, long address) {
    if (address < 2) {
      return new Line("", address == 0 ? "rfalse" : "rtrue");
    }
    Optional<ZEncoding.Instruction> found = encoding.read(address);
    int length = found.map(ZEncoding.Instruction::length).orElse(1);
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(length, MOST_BYTES); i++) {
      bytes.append("%02x".formatted(memory.read(address + i, 1) & 0xff));
    }
    return new Line(
        bytes + (length > MOST_BYTES ? "…" : ""),
        found.map(instruction -> text(instruction, address)).orElse(".byte"));
  }

  /// An instruction at an address, without a string that may stand in it.
  static String text(ZEncoding.Instruction instruction, long address) {
    ListedInstruction listed = instruction.entry().instruction();
    List<String> words = new ArrayList<>();
    words.add(listed.mnemonic());
    for (int i = 0; i < instruction.operands().length; i++) {
      int operand = instruction.operands()[i];
      boolean names = i == 0 && instruction.entry().names() == Names.FIRST;
      words.add(
          operand >= MixedKind.NAMES
              ? names ? "[" + variable(operand) + "]" : variable(operand)
              : names ? variable(operand) : "#%x".formatted(operand));
    }
    if (listed.has(Part.RESULT)) {
      words.add("-> " + variable(instruction.result()));
    }
    if (listed.has(Part.BRANCH)) {
      long target = address + instruction.distance();
      words.add(
          (instruction.sense() == 1 ? "?" : "?~")
              + (target == 0 ? "rfalse" : target == 1 ? "rtrue" : "%#x".formatted(target)));
    }
    return String.join(" ", words);
  }

  private static String variable(int operand) {
    int number = operand & MixedKind.NAMES - 1;
    if (number == 0) {
      return "sp";
    }
    return number < 16 ? "local" + (number - 1) : "g" + (number - 16);
  }
}
