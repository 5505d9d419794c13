package hospes.formats.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The values in a block's content, one after the other.
final class ContentWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// Seven bits at a time, the lowest first; a set top bit says that more follow (LEB128).
  void putNumber(long value) {
    long left = value;
    while ((left & ~0x7f) != 0) {
      bytes.write((int) left | 0x80);
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putNumber(utf8.length);
    putBytes(utf8);
  }

  void putBytes(byte[] values) {
    bytes.writeBytes(values);
  }

  void putDigest(Digest digest) {
    putBytes(digest.bytes());
  }

  void putSnapshot(JournalItem.SnapshotReference snapshot) {
    putNumber(snapshot.instructions());
    putText(snapshot.name());
    putDigest(snapshot.content());
  }

  /// Numbers that belong together: as they are, as differences, or as differences of differences,
  /// whatever is shortest.
  void putColumn(long[] values) {
    long[] differences = values.clone();
    ContentWriter shortest = column(0, differences);
    for (int order = 1; order <= Block.MAX_ORDER; order++) {
      for (int i = differences.length - 1; i > 0; i--) {
        differences[i] -= differences[i - 1];
      }
      ContentWriter candidate = column(order, differences);
      shortest = candidate.size() < shortest.size() ? candidate : shortest;
    }
    putBytes(shortest.toByteArray());
  }

  private static ContentWriter column(int order, long[] differences) {
    ContentWriter out = new ContentWriter();
    out.putNumber(order);
    for (long difference : differences) {
      out.putNumber((difference << 1) ^ (difference >> (Long.SIZE - 1))); // small ones are short
    }
    return out;
  }

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
