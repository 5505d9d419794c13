package hospes.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text and the encoding of an instruction whose operands are listed.
///
/// The list that its decoder makes of it holds, in this order and as far as there are any: the
/// number of the result, the operands (missing ones are 0), how many operands there are, and for a
/// branch whether it is taken where the condition holds (1 or 0) and its distance in slots.
///
/// @param mnemonic how it is called
/// @param operands names of its operands, in order
/// @param form by which operands are encoded, such as `2OP`
/// @param number its number, unique among those of its form and version
/// @param since the first version of the architecture that has it
/// @param until the last one
/// @param parts what else is encoded with it
public record ListedInstruction(
    String mnemonic,
    List<String> operands,
    String form,
    int number,
    int since,
    int until,
    List<Part> parts) {
  /// What may be encoded behind the operands.
  public enum Part {
    /// Where the result goes: `-> rd`.
    RESULT,
    /// A branch: `?offset`.
    BRANCH,
    /// Something of any length that is no operand: `text`.
    TEXT
  }

  /// The name of an operand, as of an encoded result, that takes the result.
  public static final String RESULT = "rd";

  private static final Pattern TEXT =
      Pattern.compile("(\\S+)([^?>]*?)(?:->\\s*" + RESULT + ")?\\s*(\\?offset)?");
  private static final Pattern ENCODING =
      Pattern.compile("(\\w+):(\\d+)(?:\\s+v(\\d+)(?:-(\\d+))?)?");

  /// Parses `get_child object -> rd ?offset : 1OP:130`.
  public static ListedInstruction parse(String definition) {
    String[] halves = definition.split(" : ", 2);
    Matcher text = TEXT.matcher(halves[0].trim());
    Matcher encoding = halves.length == 2 ? ENCODING.matcher(halves[1].trim()) : null;
    if (encoding == null || !text.matches() || !encoding.matches()) {
      throw new DefinitionException("the instruction '%s' is not understood".formatted(definition));
    }
    List<Part> parts = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    for (String operand : text.group(2).split(",")) {
      String name = operand.trim();
      if (name.equals("text")) {
        parts.add(Part.TEXT);
      } else if (!name.isEmpty()) {
        operands.add(name);
      }
    }
    if (halves[0].contains("->")) {
      parts.add(Part.RESULT);
    }
    if (text.group(3) != null) {
      parts.add(Part.BRANCH);
    }
    String since = encoding.group(3);
    String until = encoding.group(4);
    return new ListedInstruction(
        text.group(1),
        List.copyOf(operands),
        encoding.group(1),
        Integer.parseInt(encoding.group(2)),
        since == null ? 1 : Integer.parseInt(since),
        until == null ? Integer.MAX_VALUE : Integer.parseInt(until),
        List.copyOf(parts));
  }

  /// Whether a version of the architecture has it.
  public boolean isIn(int version) {
    return since <= version && version <= until;
  }

  /// Whether something is encoded with it.
  public boolean has(Part part) {
    return parts.contains(part);
  }

  /// Where in the list an operand, or the result, stands.
  ///
  /// @throws DefinitionException where there is none of that name
  public int index(String name) {
    int operand = operands.indexOf(name);
    if (operand >= 0) {
      return operand + (has(Part.RESULT) ? 1 : 0);
    }
    if (name.equals(RESULT) && has(Part.RESULT)) {
      return 0;
    }
    throw new DefinitionException("%s has no operand %s".formatted(mnemonic, name));
  }

  /// Where in the list it stands how many operands there are.
  public int countIndex() {
    return operands.size() + (has(Part.RESULT) ? 1 : 0);
  }

  /// Where in the list the branch's sense stands; its distance follows.
  public int branchIndex() {
    return countIndex() + 1;
  }

  /// The list for an instruction in memory.
  ///
  /// @param result what takes the result; ignored where nothing is encoded
  /// @param values the operands, of which what the instruction does not take is dropped
  /// @param sense whether the branch is taken where its condition holds (1) or not (0)
  /// @param distance of the branch, in slots
  public int[] list(int result, int[] values, int sense, int distance) {
    int[] list = new int[branchIndex() + (has(Part.BRANCH) ? 2 : 0)];
    int at = 0;
    if (has(Part.RESULT)) {
      list[at++] = result;
    }
    System.arraycopy(values, 0, list, at, Math.min(values.length, operands.size()));
    list[countIndex()] = values.length;
    if (has(Part.BRANCH)) {
      list[branchIndex()] = sense;
      list[branchIndex() + 1] = distance;
    }
    return list;
  }

  /// The operands in a list, without missing ones.
  public int[] operandsOf(int[] list) {
    int first = has(Part.RESULT) ? 1 : 0;
    return Arrays.copyOfRange(list, first, first + Math.min(list[countIndex()], operands.size()));
  }
}
