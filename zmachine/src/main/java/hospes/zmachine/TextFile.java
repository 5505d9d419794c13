package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.zmachine.screen.StoryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A file of text that grows while a story is played. What is printed before it has a name goes to
/// it as soon as it has one.
final class TextFile {
  /// So much waits at most before it is written.
  private static final int MOST_WAITING = 1 << 16;

  private final String what;
  private final StringBuilder waiting = new StringBuilder();
  private String name = "";

  /// @param what the file is, for messages
  TextFile(String what) {
    this.what = what;
  }

  boolean isClosed() {
    return name.isEmpty();
  }

  /// From now on text goes to a file of this name, whose content is lost.
  void open(StoryFiles files, String newName) throws IOException {
    files.write(newName, new byte[0]);
    name = newName;
  }

  void close() {
    name = "";
    waiting.setLength(0);
  }

  void print(int codePoint) {
    if (waiting.length() < MOST_WAITING) {
      waiting.appendCodePoint(codePoint);
    }
  }

  /// Writes what was printed since the last time, once there is a file.
  ///
  /// @throws IOException where that is not possible; then the file is closed
  void flush(StoryFiles files) throws IOException {
    if (!isClosed() && !waiting.isEmpty()) {
      byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
      waiting.setLength(0);
      try {
        files.append(name, bytes);
      } catch (IOException failed) {
        close();
        throw new IOException("the " + what + " ends here: " + failed.getMessage(), failed);
      }
    }
  }

  /// Whether so much waits that it should be written.
  boolean isFull() {
    return waiting.length() >= MOST_WAITING;
  }

  void save(RecordWriter out) {
    out.putString(name);
    out.putString(waiting.toString());
  }

  void restore(RecordReader in) {
    name = in.getString();
    if (!name.isEmpty() && !StoryFiles.isPlainName(name)) {
      throw new SnapshotException(
          "the snapshot is damaged: its %s goes to a file of no plain name".formatted(what));
    }
    waiting.setLength(0);
    waiting.append(in.getString());
  }
}
