package hospes.host.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Cuts a stream into messages: each a JSON object or array from its first bracket to its last, or,
/// where that is none, a line. So clients need not end a message with a line feed, as with QEMU.
final class Framer {
  /// A message that is too long.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final InputStream in;
  private final int limit;

  /// @param limit bytes of the longest message
  Framer(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /// The next message that is not blank; an empty array at the stream's end.
  ///
  /// @throws TooLongException where it is longer than the limit
  byte[] next() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int value;
    while ((value = in.read()) >= 0) {
      if (message.size() == 0 && Character.isWhitespace(value)) {
        continue;
      }
      boolean structured = depth > 0;
      if (value == '\n' && !structured) {
        return message.toByteArray();
      }
      message.write(value);
      if (message.size() > limit) {
        throw new TooLongException();
      }
      if (inString) {
        inString = escaped || value != '"';
        escaped = !escaped && value == '\\';
        continue;
      }
      switch (value) {
        case '"' -> inString = structured;
        case '{', '[' -> depth += structured || message.size() == 1 ? 1 : 0;
        case '}', ']' -> {
          if (structured && --depth == 0) {
            return message.toByteArray();
          }
        }
        default -> {}
      }
    }
    return message.toByteArray();
  }
}
