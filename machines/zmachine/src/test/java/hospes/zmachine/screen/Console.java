package hospes.zmachine.screen;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.Stateful;
import hospes.zmachine.text.StoryBytes;
import hospes.zmachine.text.Zscii;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A console that keeps what was written, for tests of screens.
final class Console implements ConsoleOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void write(byte value) {
    bytes.write(value);
  }

  /// What was written since this was asked last.
  String take() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  static void print(Screen screen, String text) {
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == '\n') {
                screen.newLine();
              } else {
                screen.print(codePoint);
              }
            });
  }

  /// The characters of a story without a table of its own.
  static Zscii zscii() {
    byte[] header = new byte[64];
    header[0] = 5;
    return new Zscii(
        new StoryBytes() {
          @Override
          public int length() {
            return header.length;
          }

          @Override
          public int byteAt(int address) {
            return header[address] & 0xff;
          }
        });
  }

  static void copy(Stateful from, Stateful to) {
    RecordReader in = new RecordReader(from.toRecord());
    to.restore(in);
    if (!in.isAtEnd()) {
      throw new AssertionError("not all of %s was read".formatted(from.recordName()));
    }
  }
}
