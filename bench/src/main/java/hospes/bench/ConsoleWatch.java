package hospes.bench;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Collects a console's output and notices an awaited text in it, wherever reads cut it.
final class ConsoleWatch {
  /// One character per byte: guests may print anything, and no byte may get lost at a cut.
  private static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  private final String awaited;
  private final StringBuilder all = new StringBuilder();
  private boolean seen;

  /// @param awaited in ASCII
  ConsoleWatch(String awaited) {
    this.awaited = awaited;
  }

  void append(byte[] bytes, int length) {
    int from = Math.max(0, all.length() - awaited.length() + 1);
    all.append(new String(bytes, 0, length, CHARSET));
    seen |= all.indexOf(awaited, from) >= 0;
  }

  boolean seen() {
    return seen;
  }

  String text() {
    return all.toString();
  }
}
