package hospes.zmachine;

import hospes.engine.CodePage;
import hospes.engine.CodeText;
import hospes.engine.ListedInstruction;
import hospes.engine.ListedInstruction.Part;
import hospes.engine.ListedTable.Names;
import hospes.engine.translator.MixedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes Z-code as text, in the manner in which Inform's assembler is written: variables are `sp`,
/// `local0` to `local14` and `g0` to `g239`.
final class ZDisassembler implements CodeText {
  private static final int MOST_BYTES = 8;

  private final int version;
  private final int end;

  /// @param end the address behind the story
  ZDisassembler(int version, int end) {
    this.version = version;
    this.end = end;
  }

  @Override
  public Line line(CodePage page, int slot, long address) {
    if (address < 2) {
      return new Line("", address == 0 ? "rfalse" : "rtrue");
    }
    PageBytes story = new PageBytes(page, end);
    Optional<ZEncoding.Instruction> found =
        new ZEncoding(ZInstructions.table(), story, version).read(address);
    int length = found.map(ZEncoding.Instruction::length).orElse(1);
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(length, MOST_BYTES); i++) {
      bytes.append("%02x".formatted(story.byteAt((int) address + i)));
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
