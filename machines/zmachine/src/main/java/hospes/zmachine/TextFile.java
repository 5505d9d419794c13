package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
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

  /// From now on text goes to a file of this name, which is empty.
  void open(String newName) {
    name = newName;
  }

  String name() {
    return name;
  }

  private void close() {
    name = "";
    waiting.setLength(0);
  }

  void print(int codePoint) {
    if (waiting.length() < MOST_WAITING) {
      waiting.appendCodePoint(codePoint);
    }
  }

  /// Whether something was printed since the last time, and there is a file for it.
  boolean hasUnwritten() {
    return !isClosed() && !waiting.isEmpty();
  }

  /// What was printed since the last time; it is the caller's to write now.
  byte[] takeUnwritten() {
    byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
    waiting.setLength(0);
    return bytes;
  }

  /// It could not be written: the file is closed. Returns what to tell the user.
  FileException end(FileException failed) {
    close();
    return new FileException("the " + what + " ends here: " + failed.sentence());
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
    if (!name.isEmpty() && !FilePort.isPlainName(name)) {
      throw new SnapshotException(
          "the snapshot is damaged: its %s goes to a file of no plain name".formatted(what));
    }
    waiting.setLength(0);
    waiting.append(in.getString());
  }
}
