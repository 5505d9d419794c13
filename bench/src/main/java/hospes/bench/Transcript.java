package hospes.bench;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A console's output so far, in which awaited lines are found wherever reads cut them.
final class Transcript {
  /// One character per byte: guests may print anything, and no byte may get lost at a cut.
  private static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  private final StringBuilder all = new StringBuilder();
  private int from;

  void append(byte[] bytes, int length) {
    all.append(new String(bytes, 0, length, CHARSET));
  }

  /// The first match behind the previous one.
  ///
  /// @param pattern matches text of one line, its end included if need be: earlier lines that did
  /// not match are not looked at again
  Optional<MatchResult> find(Pattern pattern) {
    Matcher matcher = pattern.matcher(all);
    if (matcher.find(from)) {
      from = matcher.end();
      return Optional.of(matcher.toMatchResult());
    }
    from = Math.max(from, all.lastIndexOf("\n") + 1);
    return Optional.empty();
  }

  String text() {
    return all.toString();
  }
}
