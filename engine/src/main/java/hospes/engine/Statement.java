package hospes.engine;

import java.util.ArrayList;
import java.util.List;

/// One statement of assembly text, with the labels before it.
///
/// @param file name of the source
/// @param line line in it, from 1
/// @param labels names before colons
/// @param operation mnemonic or directive; empty where there are only labels
/// @param operands all that follows it
record Statement(String file, int line, List<String> labels, String operation, String operands) {
  /// Splits operands at commas that stand in no parentheses and no string.
  static List<String> split(String operands) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < operands.length(); i++) {
      char c = operands.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(operands.substring(start, i).trim());
        start = i + 1;
      }
    }
    String last = operands.substring(Math.min(start, operands.length())).trim();
    if (!parts.isEmpty() || !last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  AssemblerException problem(String message) {
    return new AssemblerException(file, line, message);
  }
}
