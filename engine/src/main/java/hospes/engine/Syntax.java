package hospes.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an instruction is written: a mnemonic, possibly with an operand as its suffix
/// (`amoadd.w{ordering}`), and operands with the punctuation between them.
///
/// @param mnemonic the mnemonic, without a suffix operand
/// @param suffix the field that is written behind the mnemonic, if any
/// @param parts field names (an identifier) and punctuation, in turns
public record Syntax(String mnemonic, Optional<String> suffix, List<String> parts) {
  private static final Pattern PART = Pattern.compile("[A-Za-z][A-Za-z0-9_']*|-?[0-9]+|[(),]");

  /// Parses `lw rd, imm(rs1)`.
  public static Syntax parse(String text) {
    String[] halves = text.trim().split("\\s+", 2);
    String head = halves[0];
    int brace = head.indexOf('{');
    Optional<String> suffix =
        brace < 0 ? Optional.empty() : Optional.of(head.substring(brace + 1, head.indexOf('}')));
    List<String> parts = new ArrayList<>();
    if (halves.length == 2) {
      Matcher matcher = PART.matcher(halves[1]);
      while (matcher.find()) {
        parts.add(matcher.group());
      }
    }
    return new Syntax(brace < 0 ? head : head.substring(0, brace), suffix, List.copyOf(parts));
  }

  /// Whether a part is a field or value, not punctuation.
  static boolean isOperand(String part) {
    return !"(),".contains(part);
  }

  /// The operands in the order of the text, the suffix first.
  public List<String> operands() {
    List<String> operands = new ArrayList<>();
    suffix.ifPresent(operands::add);
    parts.stream().filter(Syntax::isOperand).forEach(operands::add);
    return operands;
  }

  /// The text with each operand replaced, in the manner of objdump: a tab behind the mnemonic, no
  /// blanks. An operand whose text is empty goes without saying, and so does the comma before it.
  public String format(UnaryOperator<String> operandText) {
    StringBuilder text = new StringBuilder(mnemonic);
    suffix.ifPresent(field -> text.append(operandText.apply(field)));
    if (!parts.isEmpty()) {
      text.append('\t');
    }
    for (String part : parts) {
      String written = isOperand(part) ? operandText.apply(part) : part;
      if (written.isEmpty() && text.charAt(text.length() - 1) == ',') {
        text.setLength(text.length() - 1);
      }
      text.append(written);
    }
    return text.toString();
  }

  /// Takes a written instruction's operands apart by this syntax: field → text. Empty where it does
  /// not fit.
  public Optional<SequencedMap<String, String>> match(String writtenMnemonic, String operands) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    if (suffix.isPresent()) {
      if (!writtenMnemonic.startsWith(mnemonic)) {
        return Optional.empty();
      }
      values.put(suffix.get(), writtenMnemonic.substring(mnemonic.length()));
    } else if (!writtenMnemonic.equals(mnemonic)) {
      return Optional.empty();
    }
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      while (at < operands.length() && operands.charAt(at) == ' ') {
        at++;
      }
      if (!isOperand(part)) {
        if (at >= operands.length() || operands.charAt(at) != part.charAt(0)) {
          return Optional.empty();
        }
        at++;
        continue;
      }
      int end =
          i + 1 < parts.size()
              ? delimiter(operands, at, parts.get(i + 1).charAt(0))
              : operands.length();
      String value = operands.substring(at, end).trim();
      if (value.isEmpty() && !(i + 1 < parts.size() && parts.get(i + 1).equals("("))) {
        return Optional.empty();
      }
      values.put(part, value.isEmpty() ? "0" : value);
      at = end;
    }
    return operands.substring(at).isBlank() ? Optional.of(values) : Optional.empty();
  }

  /// Where the next delimiter stands. An opening parenthesis may belong to an expression such as
  /// `%lo(x)(a0)`: the last one counts.
  private static int delimiter(String operands, int from, char delimiter) {
    int end = delimiter == '(' ? operands.lastIndexOf('(') : operands.indexOf(delimiter, from);
    return end < from ? operands.length() : end;
  }
}
