package hospes.zmachine;

import hospes.engine.ListedInstruction.Part;
import hospes.engine.ListedTable;
import hospes.engine.translator.MixedKind;
import hospes.zmachine.text.TextDecoder;
import hospes.zmachine.text.TextException;
import hospes.zmachine.text.Zscii;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lists the code of a story, routine by routine: what can be reached from its first instruction
/// through calls of routines that the code names. A story file does not say what else in it is
/// code.
final class StoryDisassembler {
  /// Instructions after which code goes on only where something else branches to.
  private static final Set<String> ENDS =
      Set.of(
          "ret", "rtrue", "rfalse", "ret_popped", "print_ret", "quit", "restart", "jump", "throw");

  private static final int MOST_LOCALS = 15;
  private static final int COLUMN = 26;

  private final Story story;
  private final ZEncoding encoding;
  private final TextDecoder text;
  private final SortedSet<Integer> routines = new TreeSet<>();
  private final SortedSet<Integer> open = new TreeSet<>();

  /// A disassembler of a story.
  public StoryDisassembler(Story story) {
    this.story = story;
    StoryImage bytes = new StoryImage(story);
    encoding = new ZEncoding(ZInstructions.table(), bytes, story.version());
    text = new TextDecoder(bytes);
  }

  /// Lists all code that is found.
  ///
  /// @param name what the heading calls the file
  /// @throws IOException if `out` cannot take the listing
  public void disassemble(String name, Appendable out) throws IOException {
    Map<Integer, String> listings = new TreeMap<>();
    listings.put(
        story.initialPc(),
        "\n%05x <main>:\n%s".formatted(story.initialPc(), code(story.initialPc())));
    while (!open.isEmpty()) {
      int routine = open.removeFirst();
      routine(routine).ifPresent(listing -> listings.put(routine, listing));
    }
    out.append(
        "\n%s:     Z-machine story, version %d, release %d, serial %s\n"
            .formatted(name, story.version(), story.release(), story.serial()));
    for (String listing : listings.values()) {
      out.append(listing);
    }
  }

  /// A routine begins with the number of its local variables, and until version 4 with what they
  /// hold first. Z-Machine Standards 1.1, 5.2.
  private Optional<String> routine(int address) {
    int locals = story.byteAt(address);
    int first = address + 1 + (story.version() < 5 ? 2 * locals : 0);
    return locals > MOST_LOCALS || first >= story.length()
        ? Optional.empty()
        : Optional.of(
            "\n%05x <routine>: %d %s\n%s"
                .formatted(address, locals, locals == 1 ? "local" : "locals", code(first)));
  }

  private String code(int first) {
    StringBuilder listing = new StringBuilder();
    int address = first;
    int farthest = first;
    boolean ended = false;
    while (!ended || address <= farthest) {
      Optional<ZEncoding.Instruction> found = encoding.read(address);
      if (found.isEmpty()) {
        return listing.append("%5x:  ?%n".formatted(address)).toString();
      }
      ZEncoding.Instruction instruction = found.get();
      listing.append(line(instruction, address));
      follow(instruction);
      farthest = Math.max(farthest, target(instruction, address));
      ended = ENDS.contains(instruction.entry().instruction().mnemonic());
      address += instruction.length();
    }
    return listing.toString();
  }

  /// Where an instruction may lead besides to the next one.
  private static int target(ZEncoding.Instruction instruction, int address) {
    if (instruction.entry().instruction().has(Part.BRANCH)) {
      return address + instruction.distance();
    }
    boolean isJump =
        instruction.entry().instruction().mnemonic().equals("jump")
            && instruction.operands().length > 0
            && instruction.operands()[0] < MixedKind.NAMES;
    return isJump ? address + instruction.length() + (short) instruction.operands()[0] - 2 : 0;
  }

  /// Takes note of a routine that an instruction names.
  private void follow(ZEncoding.Instruction instruction) {
    ListedTable.Entry entry = instruction.entry();
    int[] operands = instruction.operands();
    if (!entry.instruction().mnemonic().startsWith("call_")
        || operands.length == 0
        || operands[0] == 0
        || operands[0] >= MixedKind.NAMES) {
      return;
    }
    int routine = story.packedScale() * operands[0] + story.routinesBase();
    if (routine < story.length() && routines.add(routine)) {
      open.add(routine);
    }
  }

  private String line(ZEncoding.Instruction instruction, int address) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(instruction.length(), 8); i++) {
      bytes.append("%02x ".formatted(story.byteAt(address + i)));
    }
    return "%5x:  %s%s%s%n"
        .formatted(
            address,
            bytes + " ".repeat(Math.max(1, COLUMN - bytes.length())),
            ZDisassembler.text(instruction, address),
            instruction.entry().instruction().has(Part.TEXT) ? " " + string(address + 1) : "");
  }

  private String string(int address) {
    StringBuilder string = new StringBuilder("\"");
    try {
      text.decode(address, zscii -> string.append(zscii == Zscii.NEW_LINE ? "^" : shown(zscii)));
    } catch (TextException damaged) {
      string.append('…');
    }
    return string.append('"').toString();
  }

  private static String shown(int zscii) {
    return zscii >= 32 && zscii < 127 ? Character.toString(zscii) : "@{%x}".formatted(zscii);
  }
}
