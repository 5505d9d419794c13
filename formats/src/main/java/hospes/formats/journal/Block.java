package hospes.formats.journal;

import hospes.formats.FormatException;
import hospes.formats.compression.Zstandard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// What stands before a block's content, and the fixed places and limits of the format
/// (docs/journal-format.md).
///
/// @param type what the content is
/// @param codec how it is packed
/// @param stored its bytes in the file
/// @param length its bytes when it is unpacked
/// @param contentCheck checksum of its bytes in the file
/// @param check checksum of all this and of the header before, and so of all that stands before
record Block(int type, int codec, int stored, int length, int contentCheck, int check) {
  static final int VERSION = 1;

  /// As in PNG: a byte that is no text, the name, and line ends that a transfer as text changes.
  static final long MAGIC = 0x0a1a_0a0d_4a53_4889L;

  /// Magic, version, and their checksum. These stay as they are in every version.
  static final int PREFIX_BYTES = 16;

  static final int HEADER_BYTES = 18;

  static final int START = 1;
  static final int ENTRIES = 2;
  static final int CHECKPOINT = 3;
  static final int SNAPSHOT = 4;
  static final int END = 5;

  /// A reader skips a block with this bit whose type it does not know.
  static final int SKIPPABLE = 0x80;

  static final int PROGRESS = SKIPPABLE | 1;

  static final int MAX_CONTENT_BYTES = 1 << 24;
  static final int MAX_PAYLOAD_BYTES = 1 << 23;
  static final int MAX_TEXT_BYTES = 1 << 16;
  static final int MAX_ENTRIES = 1 << 16;
  static final int MAX_ORDER = 2;

  /// From this size on the writer begins a new block by itself.
  static final int FULL_BYTES = 1 << 20;

  /// Less than this is not worth packing.
  private static final int MIN_PACKED_BYTES = 128;

  private static final int STORED = 0;
  private static final int ZSTD = 1;

  /// The file's first bytes.
  static byte[] prefix() {
    ByteBuffer bytes = allocate(PREFIX_BYTES).putLong(MAGIC).putInt(VERSION);
    return bytes.putInt(crc(bytes.array(), bytes.position())).array();
  }

  /// A whole block as it is written.
  ///
  /// @param before the [check][#checkOf] of what stands before
  static byte[] pack(int type, byte[] content, int before) {
    int codec = STORED;
    byte[] stored = content;
    if (content.length >= MIN_PACKED_BYTES) {
      byte[] packed = Zstandard.compress(content, content.length);
      if (packed.length < content.length) {
        codec = ZSTD;
        stored = packed;
      }
    }
    ByteBuffer block = allocate(HEADER_BYTES + stored.length);
    block.put((byte) type).put((byte) codec).putInt(stored.length).putInt(content.length);
    block.putInt(crc(stored, stored.length)).putInt(chained(before, block.array()));
    return block.put(stored).array();
  }

  /// The checksum at the end of a prefix or of a block's header, which the next header continues.
  ///
  /// @param size of the prefix or header
  static int checkOf(byte[] bytes, int size) {
    return wrap(bytes).getInt(size - Integer.BYTES);
  }

  /// Takes a header apart.
  ///
  /// @throws JournalFormatException where it is not what was written
  static Block parse(byte[] header, int before, String where) throws JournalFormatException {
    ByteBuffer in = wrap(header);
    Block block =
        new Block(in.get() & 0xff, in.get(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
    if (block.check != chained(before, header)) {
      throw JournalFormatException.damaged(where + " does not match its checksum");
    }
    if (block.codec != STORED && block.codec != ZSTD
        || block.length < 0
        || block.length > MAX_CONTENT_BYTES
        || block.stored < 0
        || block.stored > block.length
        || block.codec == STORED && block.stored != block.length) {
      throw JournalFormatException.damaged(where + " has an impossible size or compression");
    }
    return block;
  }

  /// Its content.
  ///
  /// @param bytes as many as are [#stored]
  /// @throws JournalFormatException where they are not those that were written
  byte[] unpack(byte[] bytes, String where) throws JournalFormatException {
    if (crc(bytes, bytes.length) != contentCheck) {
      throw JournalFormatException.damaged("the content of %s does not match".formatted(where));
    }
    if (codec == STORED) {
      return bytes;
    }
    try {
      return Zstandard.decompress(bytes, length);
    } catch (FormatException damaged) {
      throw JournalFormatException.damaged(where + " cannot be unpacked", damaged);
    }
  }

  static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static int chained(int before, byte[] header) {
    byte[] all = new byte[HEADER_BYTES];
    wrap(all).putInt(before).put(header, 0, HEADER_BYTES - Integer.BYTES);
    return crc(all, HEADER_BYTES);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
