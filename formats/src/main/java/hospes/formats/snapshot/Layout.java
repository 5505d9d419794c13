package hospes.formats.snapshot;

import java.util.zip.CRC32C;

/// The fixed places and limits of the format (docs/snapshot-format.md).
final class Layout {
  static final int VERSION = 1;

  /// As in PNG: a byte that is no text, the name, and line ends that a transfer as text changes.
  static final long MAGIC = 0x0a1a_0a0d_5053_4889L;

  static final long END_MAGIC = 0x0a64_6e45_5053_4889L;

  /// Magic, version, and the length of the header that follows.
  static final int PREFIX_BYTES = 16;

  static final int TRAILER_BYTES = 40;
  static final int MAX_HEADER_BYTES = 1 << 20;

  /// A reader refuses larger records, so that a damaged index does not ask for memory without end.
  static final int MAX_RECORD_BYTES = 1 << 30;

  static final int MAX_INDEX_BYTES = 1 << 30;
  static final int PAGES_PER_CHUNK = 16;

  static final byte STORED = 0;
  static final byte ZSTD = 1;

  private Layout() {}

  /// Makes sure that what is written can be read back.
  ///
  /// @throws SnapshotFormatException where a record of that size could not
  static void requireReadable(String recordName, int bytes) throws SnapshotFormatException {
    if (bytes > MAX_RECORD_BYTES) {
      throw new SnapshotFormatException(
          SnapshotFormatException.Problem.TOO_LARGE,
          "record %s has %d MiB; a snapshot holds at most %d MiB in one"
              .formatted(recordName, bytes >> 20, MAX_RECORD_BYTES >> 20));
    }
  }

  static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
