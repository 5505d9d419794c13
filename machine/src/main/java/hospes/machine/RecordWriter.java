package hospes.machine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes a component's state: plain values, little-endian, one after the other.
public final class RecordWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// Writes a byte: 0 or 1.
  public void putBoolean(boolean value) {
    bytes.write(value ? 1 : 0);
  }

  /// Writes four bytes.
  public void putInt(int value) {
    for (int i = 0; i < Integer.SIZE; i += Byte.SIZE) {
      bytes.write(value >>> i);
    }
  }

  /// Writes eight bytes.
  public void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> 32));
  }

  /// Writes all of `values`, without a length.
  public void putLongs(long[] values) {
    for (long value : values) {
      putLong(value);
    }
  }

  /// Writes all of `values`, without a length.
  public void putBytes(byte[] values) {
    bytes.writeBytes(values);
  }

  /// Writes bytes behind their number.
  public void putBlock(byte[] values) {
    putInt(values.length);
    putBytes(values);
  }

  /// Writes a text: its length in bytes, then UTF-8.
  public void putString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    putBytes(utf8);
  }

  /// All that was written.
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
