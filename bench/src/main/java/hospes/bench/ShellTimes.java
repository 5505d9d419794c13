package hospes.bench;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what the shell's `times` prints (POSIX.1-2024, 2.15 Special Built-In Utilities): a line
/// for the shell and one for its children, each with user and system time as `1m2.34s`.
final class ShellTimes {
  private static final Pattern LINE =
      Pattern.compile("(\\d+)m(\\d+[.,]?\\d*)s\\s+(\\d+)m(\\d+[.,]?\\d*)s");

  private ShellTimes() {}

  /// Seconds that the shell's children spent in user and system mode.
  static double ofChildren(String text) throws BenchFailure {
    String[] lines = text.strip().split("\n", -1);
    if (lines.length == 2) {
      Matcher line = LINE.matcher(lines[1].strip());
      if (line.matches()) {
        return span(line, 1) + span(line, 3);
      }
    }
    throw new BenchFailure("the shell's `times` printed what is not understood: " + text.strip());
  }

  private static double span(MatchResult line, int group) {
    return Integer.parseInt(line.group(group)) * 60
        + Double.parseDouble(line.group(group + 1).replace(',', '.'));
  }
}
