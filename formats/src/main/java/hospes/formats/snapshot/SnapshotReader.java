package hospes.formats.snapshot;

import hospes.formats.FileAccess;
import hospes.formats.compression.Zstandard;
import hospes.formats.snapshot.SnapshotFormatException.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Reads a snapshot: at once its header and index, the rest when it is asked for, in any order.
///
/// Every byte of the file is covered by a checksum, which is looked at before the byte is used: by
/// [#open] those of header and index, by the other methods those of what they return. Safe for use
/// by several threads.
public final class SnapshotReader {
  private static final int CACHED_CHUNKS = 8;
  private static final int MAX_PAGE_SIZE = 1 << 16;
  private static final int MIN_PAGE_SIZE = 512;

  private final FileAccess file;
  private final SnapshotHeader header;
  private final int pageSize;
  private final int pagesPerChunk;
  private final SnapshotIndex index;
  private final Map<Integer, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);

  private SnapshotReader(
      FileAccess file,
      SnapshotHeader header,
      int pageSize,
      int pagesPerChunk,
      SnapshotIndex index) {
    this.file = file;
    this.header = header;
    this.pageSize = pageSize;
    this.pagesPerChunk = pagesPerChunk;
    this.index = index;
  }

  /// Reads header and index.
  ///
  /// @param file stays the caller's, who closes it
  /// @throws SnapshotFormatException where it is no snapshot, or one that cannot be used
  public static SnapshotReader open(FileAccess file) throws IOException {
    byte[] prefix = bytes(file, 0, Layout.PREFIX_BYTES);
    FieldReader start = new FieldReader(prefix, "its start");
    if (start.getLong() != Layout.MAGIC) {
      throw new SnapshotFormatException(
          Problem.NO_SNAPSHOT, "this is no snapshot that Hospes has taken");
    }
    int version = start.getInt();
    if (version != Layout.VERSION) {
      throw new SnapshotFormatException(
          Problem.NEWER_VERSION,
          "the snapshot has the format's version %d; this Hospes reads version %d: use a newer one"
              .formatted(version, Layout.VERSION));
    }
    int length = start.getCount(Layout.MAX_HEADER_BYTES);
    byte[] whole = bytes(file, 0, Layout.PREFIX_BYTES + length + Integer.BYTES);
    FieldReader in = checkedHeader(whole, length);
    SnapshotHeader header =
        new SnapshotHeader(
            in.getString(), in.getString(), in.getLong(), in.getInt(), in.getString());
    int pageSize = in.getCount(MAX_PAGE_SIZE);
    int pagesPerChunk = in.getCount(Long.SIZE);
    in.requireEnd();
    if (pageSize < MIN_PAGE_SIZE || Integer.bitCount(pageSize) != 1 || pagesPerChunk < 1) {
      throw SnapshotFormatException.damaged("its header has impossible page sizes");
    }
    long pages = header.memoryBytes() / pageSize;
    SnapshotIndex index = index(file, pageSize, pagesPerChunk, pages, whole.length);
    return new SnapshotReader(file, header, pageSize, pagesPerChunk, index);
  }

  private static FieldReader checkedHeader(byte[] whole, int length)
      throws SnapshotFormatException {
    FieldReader crc =
        new FieldReader(
            java.util.Arrays.copyOfRange(whole, whole.length - Integer.BYTES, whole.length),
            "its header");
    if (crc.getInt() != Layout.crc(whole, whole.length - Integer.BYTES)) {
      throw SnapshotFormatException.damaged("its header does not match its checksum");
    }
    return new FieldReader(
        java.util.Arrays.copyOfRange(whole, Layout.PREFIX_BYTES, Layout.PREFIX_BYTES + length),
        "its header");
  }

  private static SnapshotIndex index(
      FileAccess file, int pageSize, int pagesPerChunk, long memoryPages, long from)
      throws IOException {
    long size = file.size();
    long trailerAt = size - Layout.TRAILER_BYTES;
    if (trailerAt < from) {
      throw truncated();
    }
    byte[] bytes = bytes(file, trailerAt, Layout.TRAILER_BYTES);
    FieldReader trailer = new FieldReader(bytes, "its end");
    long at = trailer.getLong();
    long length = trailer.getLong();
    long end = trailer.getLong();
    int indexCrc = trailer.getInt();
    int crc = trailer.getInt();
    if (trailer.getLong() != Layout.END_MAGIC) {
      throw truncated();
    }
    if (crc != Layout.crc(bytes, Layout.TRAILER_BYTES - Long.BYTES - Integer.BYTES)
        || end != size
        || at < from
        || length < 0
        || length > Layout.MAX_INDEX_BYTES
        || at + length != trailerAt) {
      throw SnapshotFormatException.damaged("its end does not match its checksum or its length");
    }
    byte[] index = bytes(file, at, (int) length);
    if (Layout.crc(index, index.length) != indexCrc) {
      throw SnapshotFormatException.damaged("its index does not match its checksum");
    }
    return SnapshotIndex.read(index, pageSize, pagesPerChunk, memoryPages, from, at);
  }

  private static SnapshotFormatException truncated() {
    return new SnapshotFormatException(
        Problem.TRUNCATED, "the snapshot ends too early: its end is missing; take a new one");
  }

  private static byte[] bytes(FileAccess file, long position, int length) throws IOException {
    if (position > file.size() - length) {
      throw truncated();
    }
    byte[] bytes = new byte[length];
    file.read(position, bytes, 0, length);
    return bytes;
  }

  /// What the snapshot is of.
  public SnapshotHeader header() {
    return header;
  }

  /// Size of a page in bytes.
  public int pageSize() {
    return pageSize;
  }

  /// How many pages the file holds; all others are zeros.
  public long pages() {
    return index.pages();
  }

  /// All records, in the order in which they were written.
  ///
  /// @throws SnapshotFormatException where one is damaged
  public List<NamedRecord> records() throws IOException {
    List<NamedRecord> all = new ArrayList<>();
    for (SnapshotIndex.RecordEntry entry : index.records()) {
      all.add(read(entry));
    }
    return all;
  }

  /// The names of all records, in the order in which they were written.
  public List<String> recordNames() {
    return index.records().stream().map(SnapshotIndex.RecordEntry::name).toList();
  }

  /// The record of that name.
  ///
  /// @throws SnapshotFormatException where there is none, or it is damaged
  public NamedRecord read(String name) throws IOException {
    for (SnapshotIndex.RecordEntry entry : index.records()) {
      if (entry.name().equals(name)) {
        return read(entry);
      }
    }
    throw SnapshotFormatException.damaged("it has no record " + name);
  }

  private NamedRecord read(SnapshotIndex.RecordEntry entry) throws IOException {
    byte[] bytes = read(entry.payload(), "record " + entry.name());
    return new NamedRecord(entry.name(), entry.version(), bytes);
  }

  /// Whether the file holds a page; a page that it does not hold is zeros.
  public boolean has(long page) {
    int chunk = index.find(page / pagesPerChunk);
    return chunk >= 0 && (index.present(chunk) & bit(page)) != 0;
  }

  /// Names all pages that the file holds, ascending, without reading them.
  public void forEachPage(LongConsumer action) {
    for (int chunk = 0; chunk < index.chunks(); chunk++) {
      long first = (long) index.number(chunk) * pagesPerChunk;
      for (long left = index.present(chunk); left != 0; left &= left - 1) {
        action.accept(first + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private long bit(long page) {
    return 1L << page % pagesPerChunk;
  }

  /// Copies a page.
  ///
  /// @param page one that the file [has][#has]
  /// @throws SnapshotFormatException where it is damaged
  public void read(long page, byte[] to, int offset) throws IOException {
    if (!has(page)) {
      throw new IllegalArgumentException("the snapshot does not hold page " + page);
    }
    int chunk = index.find(page / pagesPerChunk);
    int before = Long.bitCount(index.present(chunk) & bit(page) - 1);
    System.arraycopy(chunk(chunk), before * pageSize, to, offset, pageSize);
  }

  /// Hands out all pages that lie together with a page in the file: who needs one page does well
  /// to take those that come along for nothing.
  ///
  /// @param page one that the file [has][#has]
  /// @throws SnapshotFormatException where they are damaged
  public void readAround(long page, PageSink sink) throws IOException {
    if (!has(page)) {
      throw new IllegalArgumentException("the snapshot does not hold page " + page);
    }
    hand(index.find(page / pagesPerChunk), sink);
  }

  /// Hands out all pages, ascending.
  ///
  /// @throws SnapshotFormatException where one is damaged
  public void readAll(PageSink sink) throws IOException {
    for (int chunk = 0; chunk < index.chunks(); chunk++) {
      hand(chunk, sink);
    }
  }

  private void hand(int chunk, PageSink sink) throws IOException {
    byte[] content = unpack(chunk);
    int offset = 0;
    for (long left = index.present(chunk); left != 0; left &= left - 1) {
      long page = (long) index.number(chunk) * pagesPerChunk + Long.numberOfTrailingZeros(left);
      sink.accept(page, content, offset, pageSize);
      offset += pageSize;
    }
  }

  /// Looks at every byte of the file.
  ///
  /// @throws SnapshotFormatException where one is damaged
  public void verify() throws IOException {
    for (SnapshotIndex.RecordEntry entry : index.records()) {
      read(entry.payload(), "record " + entry.name());
    }
    for (int chunk = 0; chunk < index.chunks(); chunk++) {
      unpack(chunk);
    }
  }

  private byte[] chunk(int chunk) throws IOException {
    synchronized (cache) {
      byte[] there = cache.get(chunk);
      if (there != null) {
        return there;
      }
    }
    byte[] content = unpack(chunk);
    synchronized (cache) {
      cache.put(chunk, content);
      if (cache.size() > CACHED_CHUNKS) {
        var oldest = cache.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return content;
  }

  private byte[] unpack(int chunk) throws IOException {
    return read(index.payload(chunk), "chunk %d of its memory".formatted(index.number(chunk)));
  }

  private byte[] read(SnapshotIndex.Payload payload, String what) throws IOException {
    byte[] stored = bytes(file, payload.offset(), payload.stored());
    if (Layout.crc(stored, stored.length) != payload.crc()) {
      throw SnapshotFormatException.damaged(what + " does not match its checksum");
    }
    if (payload.codec() == Layout.ZSTD) {
      return Zstandard.decompress(stored, payload.length());
    }
    if (payload.stored() != payload.length()) {
      throw SnapshotFormatException.damaged(what + " has the wrong length");
    }
    return stored;
  }
}
