package hospes.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts in a Java source: its string literals and text blocks, but not its comments.
final class StringLiterals {
  /// @param line where it begins, from 1
  /// @param text between its quotes, as it is written
  record Literal(int line, String text) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          //.*\
          |/\\*[^*]*+\\*++(?:[^/*][^*]*+\\*++)*+/\
          |'(?:[^'\\\\\\n]|\\\\.)*+'\
          |\"""(?<block>(?:[^"\\\\]++|\\\\[\\s\\S]|"(?!""))*+)\"""\
          |"(?<string>(?:[^"\\\\\\n]++|\\\\.)*+)\"""");

  private StringLiterals() {}

  static List<Literal> of(String source) {
    List<Literal> found = new ArrayList<>();
    Matcher token = TOKEN.matcher(source);
    int line = 1;
    int counted = 0;
    while (token.find()) {
      String text = token.group("block") != null ? token.group("block") : token.group("string");
      if (text != null) {
        line +=
            (int) source.substring(counted, token.start()).chars().filter(c -> c == '\n').count();
        counted = token.start();
        found.add(new Literal(line, text));
      }
    }
    return found;
  }
}
