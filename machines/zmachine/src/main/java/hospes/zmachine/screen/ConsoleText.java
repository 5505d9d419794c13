package hospes.zmachine.screen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Text for a console, in UTF-8.
final class ConsoleText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ConsoleText add(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ConsoleText add(int codePoint) {
    if (codePoint < 0x80) {
      bytes.write(codePoint);
    } else {
      add(Character.toString(codePoint));
    }
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
