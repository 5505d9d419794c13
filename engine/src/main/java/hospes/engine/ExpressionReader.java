package hospes.engine;

/// Computes the expressions of assembly text on 64 bits.
///
/// Operators bind as in the GNU assembler: first `* / % << >>`, then `| & ^`, then `+ -`, then
/// comparisons (which give -1 or 0).
final class ExpressionReader {
  /// What names in an expression mean.
  interface Names {
    /// The value of a symbol; `.` is the current address, `1b` and `1f` numeric labels.
    long symbol(String name);

    /// The value of `%name(number)`.
    long modified(String name, long number);
  }

  private static final String[][] LEVELS = {
    {"==", "!=", "<=", ">=", "<", ">"}, {"+", "-"}, {"|", "&", "^"}, {"*", "/", "%", "<<", ">>"}
  };

  private final String text;
  private final Names names;
  private int at;

  private ExpressionReader(String text, Names names) {
    this.text = text;
    this.names = names;
  }

  /// The value of an expression.
  ///
  /// @throws IllegalArgumentException where the text is no expression
  static long evaluate(String text, Names names) {
    ExpressionReader reader = new ExpressionReader(text, names);
    long value = reader.binary(0);
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.problem("an operator");
    }
    return value;
  }

  private IllegalArgumentException problem(String expected) {
    String rest = text.substring(Math.min(at, text.length())).trim();
    return new IllegalArgumentException(
        rest.isEmpty()
            ? "expected %s at the end of '%s'".formatted(expected, text)
            : "expected %s, but found '%s'".formatted(expected, rest));
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean accept(String token) {
    skipBlanks();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private String operator(int level) {
    skipBlanks();
    for (String candidate : LEVELS[level]) {
      boolean longer =
          candidate.length() == 1
              && "<>".contains(candidate)
              && text.startsWith(candidate + candidate, at);
      if (!longer && accept(candidate)) {
        return candidate;
      }
    }
    return "";
  }

  private long binary(int level) {
    if (level == LEVELS.length) {
      return unary();
    }
    long value = binary(level + 1);
    for (String operator = operator(level); !operator.isEmpty(); operator = operator(level)) {
      value = apply(operator, value, binary(level + 1));
    }
    return value;
  }

  private static long apply(String operator, long left, long right) {
    if ((operator.equals("/") || operator.equals("%")) && right == 0) {
      throw new IllegalArgumentException("division by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "%" -> left % right;
      case "<<" -> right < 0 || right > 63 ? 0 : left << right;
      case ">>" -> right < 0 || right > 63 ? 0 : left >>> right;
      case "|" -> left | right;
      case "&" -> left & right;
      case "^" -> left ^ right;
      case "==" -> left == right ? -1 : 0;
      case "!=" -> left != right ? -1 : 0;
      case "<" -> left < right ? -1 : 0;
      case ">" -> left > right ? -1 : 0;
      case "<=" -> left <= right ? -1 : 0;
      case ">=" -> left >= right ? -1 : 0;
      default -> throw new IllegalStateException("no operator " + operator);
    };
  }

  private long unary() {
    skipBlanks();
    if (accept("-")) {
      return -unary();
    }
    if (accept("+")) {
      return unary();
    }
    if (accept("~")) {
      return ~unary();
    }
    if (accept("!")) {
      return unary() == 0 ? 1 : 0;
    }
    if (accept("(")) {
      return closed();
    }
    if (accept("%")) {
      String name = word();
      if (name.isEmpty() || !accept("(")) {
        throw problem("a name and ( behind %");
      }
      return names.modified(name, closed());
    }
    return term();
  }

  private long closed() {
    long value = binary(0);
    if (!accept(")")) {
      throw problem(")");
    }
    return value;
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.$".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private long term() {
    int start = at;
    String word = word();
    if (word.isEmpty()) {
      throw problem("a number or a name");
    }
    if (!Character.isDigit(word.charAt(0)) || word.matches("[0-9]+[bf]")) {
      return names.symbol(word);
    }
    try {
      return number(word);
    } catch (NumberFormatException tooLongOrBadDigit) {
      at = start;
      throw problem("a number of at most 64 bits");
    }
  }

  private static long number(String word) {
    if (word.matches("0[xX].*")) {
      return Long.parseUnsignedLong(word.substring(2), 16);
    }
    if (word.matches("0[bB].*")) {
      return Long.parseUnsignedLong(word.substring(2), 2);
    }
    return Long.parseUnsignedLong(word, word.matches("0[0-7]+") ? 8 : 10);
  }
}
