package hospes.formats.snapshot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Plain values, little-endian, one after the other.
final class FieldWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void putByte(int value) {
    bytes.write(value);
  }

  void putInt(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.write(value >>> shift);
    }
  }

  void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> 32));
  }

  void putString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    bytes.writeBytes(utf8);
  }

  void putBytes(byte[] values) {
    bytes.writeBytes(values);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
