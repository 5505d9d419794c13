package hospes.formats.snapshot;

import hospes.formats.compression.Zstandard;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/// Writes a snapshot, from its first byte to its last.
public final class SnapshotWriter {
  private final OutputStream out;
  private final Compression compression;
  private final FieldWriter chunks = new FieldWriter();
  private int chunkCount;
  private long position;

  private SnapshotWriter(OutputStream out, Compression compression) {
    this.out = out;
    this.compression = compression;
  }

  /// Writes a whole snapshot; the stream is neither flushed nor closed. Pages of zeros are left
  /// out.
  ///
  /// @throws SnapshotFormatException where a record is too large
  /// @throws IOException what the stream throws
  public static void write(
      OutputStream out,
      SnapshotHeader header,
      Iterable<NamedRecord> records,
      PageSource memory,
      Compression compression)
      throws IOException {
    new SnapshotWriter(out, compression).write(header, records, memory);
  }

  private void write(SnapshotHeader header, Iterable<NamedRecord> records, PageSource memory)
      throws IOException {
    writeHeader(header, memory.pageSize());
    FieldWriter index = new FieldWriter();
    FieldWriter recordEntries = new FieldWriter();
    int count = 0;
    for (NamedRecord item : records) {
      Layout.requireReadable(item.name(), item.bytes().length);
      recordEntries.putString(item.name());
      recordEntries.putInt(item.version());
      recordEntries.putInt(item.bytes().length);
      writePayload(item.bytes(), item.bytes().length, recordEntries);
      count++;
    }
    index.putInt(count);
    index.putBytes(recordEntries.toByteArray());
    writeMemory(memory);
    index.putInt(chunkCount);
    index.putBytes(chunks.toByteArray());
    writeIndex(index.toByteArray());
  }

  private void writeHeader(SnapshotHeader header, int pageSize) throws IOException {
    FieldWriter fields = new FieldWriter();
    fields.putString(header.machine());
    fields.putString(header.hospesVersion());
    fields.putLong(header.memoryBytes());
    fields.putInt(header.harts());
    fields.putString(header.guest());
    fields.putInt(pageSize);
    fields.putInt(Layout.PAGES_PER_CHUNK);
    byte[] bytes = fields.toByteArray();
    FieldWriter start = new FieldWriter();
    start.putLong(Layout.MAGIC);
    start.putInt(Layout.VERSION);
    start.putInt(bytes.length);
    start.putBytes(bytes);
    start.putInt(Layout.crc(start.toByteArray(), Layout.PREFIX_BYTES + bytes.length));
    put(start.toByteArray());
  }

  private void writeMemory(PageSource memory) throws IOException {
    int pageSize = memory.pageSize();
    byte[] content = new byte[Layout.PAGES_PER_CHUNK * pageSize];
    byte[] zeros = new byte[pageSize];
    int used = 0;
    long present = 0;
    long current = -1;
    PrimitiveIterator.OfLong pages = memory.touchedPages();
    while (pages.hasNext()) {
      long page = pages.nextLong();
      long chunk = page / Layout.PAGES_PER_CHUNK;
      if (chunk != current) {
        writeChunk(current, present, content, used);
        used = 0;
        present = 0;
        current = chunk;
      }
      memory.read(page, content, used);
      if (!Arrays.equals(content, used, used + pageSize, zeros, 0, pageSize)) {
        present |= 1L << page % Layout.PAGES_PER_CHUNK;
        used += pageSize;
      }
    }
    writeChunk(current, present, content, used);
  }

  private void writeChunk(long chunk, long present, byte[] content, int used) throws IOException {
    if (present != 0) {
      chunks.putInt((int) chunk);
      chunks.putLong(present);
      writePayload(content, used, chunks);
      chunkCount++;
    }
  }

  private void writePayload(byte[] content, int length, FieldWriter entry) throws IOException {
    byte codec = Layout.STORED;
    byte[] stored = content;
    int storedLength = length;
    if (compression == Compression.ZSTD && length > 0) {
      byte[] packed = Zstandard.compress(content, length);
      if (packed.length < length) {
        codec = Layout.ZSTD;
        stored = packed;
        storedLength = packed.length;
      }
    }
    entry.putByte(codec);
    entry.putInt(storedLength);
    entry.putInt(Layout.crc(stored, storedLength));
    out.write(stored, 0, storedLength);
    position += storedLength;
  }

  private void writeIndex(byte[] index) throws IOException {
    long at = position;
    put(index);
    FieldWriter trailer = new FieldWriter();
    trailer.putLong(at);
    trailer.putLong(index.length);
    trailer.putLong(position + Layout.TRAILER_BYTES);
    trailer.putInt(Layout.crc(index, index.length));
    trailer.putInt(Layout.crc(trailer.toByteArray(), trailer.toByteArray().length));
    trailer.putLong(Layout.END_MAGIC);
    put(trailer.toByteArray());
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }
}
