package hospes.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Strings of assembly text, with the escapes of C.
final class Strings {
  private static final String ESCAPES = "n\nt\tr\rb\bf\f0\0\\\\\"\"''";

  private Strings() {}

  /// The character that a backslash and a letter stand for; -1 where they stand for none.
  static int escape(char letter) {
    for (int i = 0; i < ESCAPES.length(); i += 2) {
      if (ESCAPES.charAt(i) == letter) {
        return ESCAPES.charAt(i + 1);
      }
    }
    return letter == 'e' ? 27 : -1;
  }

  /// The bytes of a string in double quotes: UTF-8, with `\n`, `\x1b` and the like replaced.
  static byte[] bytes(String quoted) {
    if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
      throw new IllegalArgumentException(
          "expected a string in double quotes, not '%s'".formatted(quoted));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String body = quoted.substring(1, quoted.length() - 1);
    int at = 0;
    while (at < body.length()) {
      int slash = body.indexOf('\\', at);
      int end = slash < 0 ? body.length() : slash;
      bytes.writeBytes(body.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = end;
      if (at < body.length()) {
        at = escaped(body, at + 1, bytes);
      }
    }
    return bytes.toByteArray();
  }

  /// Writes the character of the escape whose letter is at `at`; returns the place behind it.
  private static int escaped(String body, int at, ByteArrayOutputStream bytes) {
    char letter = at < body.length() ? body.charAt(at) : ' ';
    if (letter == 'x') {
      int end = at + 1;
      while (end < body.length() && Character.digit(body.charAt(end), 16) >= 0) {
        end++;
      }
      if (end == at + 1) {
        throw new IllegalArgumentException("expected hexadecimal digits behind \\x");
      }
      bytes.write(Integer.parseInt(body.substring(Math.max(at + 1, end - 2), end), 16));
      return end;
    }
    if (letter >= '0' && letter <= '7') {
      int end = at;
      while (end < body.length() && end < at + 3 && Character.digit(body.charAt(end), 8) >= 0) {
        end++;
      }
      bytes.write(Integer.parseInt(body.substring(at, end), 8));
      return end;
    }
    int value = escape(letter);
    if (value < 0) {
      throw new IllegalArgumentException("unknown escape \\%c in a string".formatted(letter));
    }
    bytes.write(value);
    return at + 1;
  }
}
