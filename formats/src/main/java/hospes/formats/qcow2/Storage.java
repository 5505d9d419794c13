package hospes.formats.qcow2;

import hospes.formats.FileAccess;
import hospes.formats.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The image file itself, in bytes and big-endian numbers. It has one writer, so its length is
/// known.
///
/// The last cluster may end early: what is missing reads as zeros, as in QEMU. What begins behind
/// the end is damage.
final class Storage {
  private final FileAccess file;
  private long end;

  Storage(FileAccess file) throws IOException {
    this.file = file;
    this.end = file.size();
  }

  /// The file's length.
  long end() {
    return end;
  }

  void read(long position, byte[] to, int offset, int length) throws IOException {
    if (position < 0 || position >= end) {
      throw new FormatException(
          "the qcow2 image is damaged or cut off: it refers to offset %#x, behind its end at %#x"
              .formatted(position, end));
    }
    int there = (int) Math.min(length, end - position);
    file.read(position, to, offset, there);
    Arrays.fill(to, offset + there, offset + length, (byte) 0);
  }

  long[] readLongs(long position, int count) throws IOException {
    byte[] bytes = new byte[count * Long.BYTES];
    read(position, bytes, 0, bytes.length);
    long[] values = new long[count];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  void write(long position, byte[] from, int offset, int length) throws IOException {
    file.write(position, from, offset, length);
    end = Math.max(end, position + length);
  }

  void write(long position, byte[] from) throws IOException {
    write(position, from, 0, from.length);
  }

  void writeLongs(long position, long[] values, int from, int to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((to - from) * Long.BYTES);
    bytes.asLongBuffer().put(values, from, to - from);
    write(position, bytes.array());
  }

  void flush() throws IOException {
    file.flush();
  }
}
