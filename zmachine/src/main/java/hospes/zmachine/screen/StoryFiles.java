package hospes.zmachine.screen;

import java.io.IOException;

/// The files that a story may save to and read from: one folder that the user chose, and nothing
/// else.
///
/// Names come from the user or from the story. The machine asks [#isPlainName] first, and an
/// implementation checks again.
public interface StoryFiles {
  /// Most bytes of a file that is read.
  int MOST_BYTES = 1 << 24;

  /// A file's content.
  ///
  /// @throws IOException where there is no such file, it cannot be read, or it is longer than
  /// [#MOST_BYTES]; the message is for the user
  byte[] read(String name) throws IOException;

  /// Writes a file, in one step: a file of this name is replaced only when all is written.
  void write(String name, byte[] content) throws IOException;

  /// Writes to the end of a file, making it if need be.
  void append(String name, byte[] content) throws IOException;

  /// Notes what the user typed: a line, or a key. For a host that keeps a record of it.
  default void typed(String command) {}

  /// Whether there is a file of this name.
  boolean exists(String name);

  /// Whether a name is one of a file within the folder itself: no path, nothing hidden, no
  /// control characters, at most 200 characters.
  static boolean isPlainName(String name) {
    if (name.isEmpty() || name.length() > 200 || name.startsWith(".")) {
      return false;
    }
    return name.codePoints()
        .allMatch(c -> c >= ' ' && (c < 0x7f || c > 0x9f) && "/\\:*?\"<>|".indexOf(c) < 0);
  }

  /// No files at all: everything fails.
  static StoryFiles none() {
    return new NoFiles();
  }
}
