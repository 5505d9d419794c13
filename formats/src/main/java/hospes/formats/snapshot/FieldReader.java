package hospes.formats.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads what a [FieldWriter] wrote, in the same order.
final class FieldReader {
  private final ByteBuffer bytes;
  private final String what;

  /// @param what part of the snapshot this is, for the message
  FieldReader(byte[] bytes, String what) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.what = what;
  }

  byte getByte() throws SnapshotFormatException {
    return need(1).get();
  }

  int getInt() throws SnapshotFormatException {
    return need(Integer.BYTES).getInt();
  }

  int getCount(int limit) throws SnapshotFormatException {
    int count = getInt();
    if (count < 0 || count > limit) {
      throw SnapshotFormatException.damaged(what + " has a count of " + count);
    }
    return count;
  }

  long getLong() throws SnapshotFormatException {
    return need(Long.BYTES).getLong();
  }

  String getString() throws SnapshotFormatException {
    byte[] utf8 = new byte[getCount(bytes.remaining())];
    need(utf8.length).get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  int remaining() {
    return bytes.remaining();
  }

  void requireEnd() throws SnapshotFormatException {
    if (bytes.hasRemaining()) {
      throw SnapshotFormatException.damaged(what + " is longer than it should be");
    }
  }

  private ByteBuffer need(int length) throws SnapshotFormatException {
    if (bytes.remaining() < length) {
      throw SnapshotFormatException.damaged(what + " ends too early");
    }
    return bytes;
  }
}
