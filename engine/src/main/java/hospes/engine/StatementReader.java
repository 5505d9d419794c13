package hospes.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes assembly text apart: comments (`#`, `//` and `/* */`) are dropped, `;` ends a statement
/// like the end of a line, and characters in single quotes become numbers.
final class StatementReader {
  private static final Pattern LABEL =
      Pattern.compile("\\s*([A-Za-z_.$][A-Za-z0-9_.$]*|[0-9]+)\\s*:");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_.$][A-Za-z0-9_.$]*)\\s*=(?!=)\\s*(.*)", Pattern.DOTALL);

  private final String file;
  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private int at;
  private int line = 1;

  private StatementReader(AssemblySource source) {
    file = source.name();
    text = source.text();
  }

  static List<Statement> read(AssemblySource source) {
    return new StatementReader(source).read();
  }

  private List<Statement> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        end();
        line++;
        at++;
      } else if (c == ';') {
        end();
        at++;
      } else if (c == '#' || text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (text.startsWith("/*", at)) {
        skipBlockComment();
      } else if (c == '"') {
        copyString();
      } else if (c == '\'') {
        current.append(character());
      } else {
        current.append(c == '\t' || c == '\r' ? ' ' : c);
        at++;
      }
    }
    end();
    return statements;
  }

  private AssemblerException problem(String message) {
    return new AssemblerException(file, line, message);
  }

  private void skipBlockComment() {
    int close = text.indexOf("*/", at + 2);
    if (close < 0) {
      throw problem("the comment that starts here is not closed; expected */");
    }
    current.append(' ');
    // A statement may not go on behind a comment of several lines, so that its line stays right.
    for (int i = at; i < close; i++) {
      if (text.charAt(i) == '\n') {
        end();
        line++;
      }
    }
    at = close + 2;
  }

  private void copyString() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      throw problem("the string is not closed; expected \" at its end");
    }
    current.append(text, start, ++at);
  }

  private int character() {
    int value;
    if (text.startsWith("'\\", at) && at + 2 < text.length()) {
      value = Strings.escape(text.charAt(at + 2));
      if (value < 0) {
        throw problem("unknown character '\\%c'".formatted(text.charAt(at + 2)));
      }
      at += 3;
    } else if (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
      value = text.charAt(at + 1);
      at += 2;
    } else {
      throw problem("expected a character behind '");
    }
    if (at < text.length() && text.charAt(at) == '\'') {
      at++;
      return value;
    }
    throw problem("expected ' behind the character");
  }

  private void end() {
    List<String> labels = new ArrayList<>();
    String rest = current.toString();
    current.setLength(0);
    Matcher label = LABEL.matcher(rest);
    while (label.lookingAt()) {
      labels.add(label.group(1));
      rest = rest.substring(label.end());
      label = LABEL.matcher(rest);
    }
    rest = rest.trim();
    if (rest.isEmpty() && labels.isEmpty()) {
      return;
    }
    Matcher assignment = ASSIGNMENT.matcher(rest);
    if (assignment.matches()) {
      rest = ".equ %s, %s".formatted(assignment.group(1), assignment.group(2));
    }
    String[] halves = rest.split(" +", 2);
    statements.add(
        new Statement(
            file,
            line,
            List.copyOf(labels),
            halves[0],
            halves.length == 2 ? halves[1].trim() : ""));
  }
}
