package hospes.conformance.house;

/// Java source without its comments; what is in strings stays.
final class CodeText {
  private static final String TEXT_BLOCK = "\"\"\"";

  private final String source;
  private final StringBuilder code = new StringBuilder();
  private int at;

  private CodeText(String source) {
    this.source = source;
  }

  /// The code, with its line ends.
  static String of(String source) {
    CodeText text = new CodeText(source);
    while (text.at < source.length()) {
      text.next();
    }
    return text.code.toString();
  }

  private void next() {
    if (source.startsWith("//", at)) {
      at = end("\n", at);
    } else if (source.startsWith("/*", at)) {
      int end = end("*/", at + 2) + 2;
      source
          .substring(at, Math.min(end, source.length()))
          .lines()
          .skip(1)
          .forEach(l -> code.append('\n'));
      at = end;
    } else if (source.startsWith(TEXT_BLOCK, at)) {
      literal(TEXT_BLOCK);
    } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
      literal(source.substring(at, at + 1));
    } else {
      code.append(source.charAt(at++));
    }
  }

  private int end(String mark, int from) {
    int found = source.indexOf(mark, from);
    return found < 0 ? source.length() : found;
  }

  private void literal(String quote) {
    int end = at + quote.length();
    while (end < source.length() && !source.startsWith(quote, end)) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    int behind = Math.min(end + quote.length(), source.length());
    code.append(source, at, behind);
    at = behind;
  }
}
