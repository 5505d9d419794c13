package hospes.formats.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where everything is. Payloads lie one behind the other, in the index's order, so that no byte of
/// the file belongs to nothing.
final class SnapshotIndex {
  private static final int MIN_RECORD_BYTES = 21;
  private static final int CHUNK_BYTES = 21;

  /// Bytes in the file, and how they are to be read.
  record Payload(long offset, int stored, int length, byte codec, int crc) {}

  /// A record's place.
  record RecordEntry(String name, int version, Payload payload) {}

  private final int pageSize;
  private final List<RecordEntry> records = new ArrayList<>();
  private int[] numbers = new int[0];
  private long[] present = new long[0];
  private long[] offsets = new long[0];
  private int[] stored = new int[0];
  private byte[] codecs = new byte[0];
  private int[] crcs = new int[0];
  private long pages;

  private SnapshotIndex(int pageSize) {
    this.pageSize = pageSize;
  }

  /// @param from where the first payload begins
  /// @param to where the last one must end
  static SnapshotIndex read(
      byte[] bytes, int pageSize, int pagesPerChunk, long memoryPages, long from, long to)
      throws SnapshotFormatException {
    SnapshotIndex index = new SnapshotIndex(pageSize);
    FieldReader in = new FieldReader(bytes, "its index");
    long at = index.readRecords(in, from);
    at = index.readChunks(in, at, pagesPerChunk, memoryPages);
    in.requireEnd();
    if (at != to) {
      throw SnapshotFormatException.damaged("its content does not end where its index begins");
    }
    return index;
  }

  private long readRecords(FieldReader in, long from) throws SnapshotFormatException {
    long at = from;
    int count = in.getCount(in.remaining() / MIN_RECORD_BYTES);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = in.getString();
      int version = in.getInt();
      int length = in.getCount(Layout.MAX_RECORD_BYTES);
      byte codec = codec(in);
      int size = in.getCount(length);
      if (!names.add(name)) {
        throw SnapshotFormatException.damaged("it has two records " + name);
      }
      records.add(
          new RecordEntry(name, version, new Payload(at, size, length, codec, in.getInt())));
      at += size;
    }
    return at;
  }

  private long readChunks(FieldReader in, long from, int pagesPerChunk, long memoryPages)
      throws SnapshotFormatException {
    long at = from;
    int count = in.getCount(in.remaining() / CHUNK_BYTES);
    numbers = new int[count];
    present = new long[count];
    offsets = new long[count];
    stored = new int[count];
    codecs = new byte[count];
    crcs = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = in.getInt();
      present[i] = in.getLong();
      codecs[i] = codec(in);
      int length = Long.bitCount(present[i]) * pageSize;
      stored[i] = in.getCount(length);
      crcs[i] = in.getInt();
      offsets[i] = at;
      at += stored[i];
      pages += Long.bitCount(present[i]);
      long last = (long) numbers[i] * pagesPerChunk + 63 - Long.numberOfLeadingZeros(present[i]);
      if (present[i] == 0
          || numbers[i] < 0
          || pagesPerChunk < Long.SIZE && present[i] >>> pagesPerChunk != 0
          || last >= memoryPages
          || i > 0 && numbers[i] <= numbers[i - 1]) {
        throw SnapshotFormatException.damaged("its index has an impossible chunk " + numbers[i]);
      }
    }
    return at;
  }

  private static byte codec(FieldReader in) throws SnapshotFormatException {
    byte codec = in.getByte();
    if (codec != Layout.STORED && codec != Layout.ZSTD) {
      throw SnapshotFormatException.damaged("its index has an unknown compression " + codec);
    }
    return codec;
  }

  List<RecordEntry> records() {
    return records;
  }

  /// Pages that the file holds.
  long pages() {
    return pages;
  }

  int chunks() {
    return numbers.length;
  }

  /// Position of a chunk in the index; negative where the file has none.
  int find(long number) {
    return number > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(numbers, (int) number);
  }

  int number(int chunk) {
    return numbers[chunk];
  }

  /// A bit for each page of a chunk that the file holds.
  long present(int chunk) {
    return present[chunk];
  }

  Payload payload(int chunk) {
    int length = Long.bitCount(present[chunk]) * pageSize;
    return new Payload(offsets[chunk], stored[chunk], length, codecs[chunk], crcs[chunk]);
  }
}
