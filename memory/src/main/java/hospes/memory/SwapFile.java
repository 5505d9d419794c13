package hospes.memory;

import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// A file for pages of guests that are not needed now, compressed. Only its user may read it, and
/// it has no name from the moment that it is open: whatever becomes of the process, nothing stays.
///
/// A page takes 1 to 9 units of 512 bytes: a checksum, a length, and the page, as an LZ4 block
/// where that makes it smaller. Its key says where it is and how many units it takes.
public final class SwapFile implements PageSource {
  /// How much is in the file.
  ///
  /// @param pages pages in it
  /// @param bytes what they take
  /// @param written pages that went into it so far
  /// @param read pages that were read from it so far
  public record Statistics(long pages, long bytes, long written, long read) {
    /// Of a file that was never made.
    public static final Statistics NONE = new Statistics(0, 0, 0, 0);
  }

  private static final int UNIT = 512;
  private static final int HEADER = 8;
  private static final int MOST_UNITS = (HEADER + FramePool.FRAME_SIZE + UNIT - 1) / UNIT;
  private static final int UNITS_BITS = 4;

  private final Path path;
  private final RandomAccessFile file;
  private final long mostBytes;
  private final Lz4JavaCompressor compressor = new Lz4JavaCompressor();
  private final byte[] packed =
      new byte[HEADER + compressor.maxCompressedLength(FramePool.FRAME_SIZE) + UNIT];

  /// Free pieces of the file by their units.
  private final List<Pieces> free = new ArrayList<>();

  /// References to keys that have more than one, without the first.
  private final Map<Long, Integer> more = new HashMap<>();

  private long end;
  private long pages;
  private long usedUnits;
  private long written;
  private long read;

  /// A new, empty file of at most so many bytes.
  ///
  /// @throws IOException where it cannot be made, or is there already
  public SwapFile(Path path, long mostBytes) throws IOException {
    this.path = path;
    this.mostBytes = mostBytes;
    Files.createFile(path, ownerOnly());
    try {
      // Not a channel, which an interrupt would close for all guests.
      file = new RandomAccessFile(path.toFile(), "rw");
    } finally {
      Files.delete(path);
    }
    for (int units = 0; units <= MOST_UNITS; units++) {
      free.add(new Pieces());
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// How much is in it.
  public synchronized Statistics statistics() {
    return new Statistics(pages, usedUnits * UNIT, written, read);
  }

  /// Writes a page; its key, with one reference.
  ///
  /// @throws IOException where the disk or the file is full, or the disk fails
  public long write(byte[] page) throws IOException {
    synchronized (packed) {
      int length =
          compressor.compress(page, 0, page.length, packed, HEADER, packed.length - HEADER);
      if (length >= FramePool.FRAME_SIZE) {
        length = FramePool.FRAME_SIZE;
        System.arraycopy(page, 0, packed, HEADER, length);
      }
      int units = (HEADER + length + UNIT - 1) / UNIT;
      ByteBuffer.wrap(packed).putInt(0, checksum(packed, length)).putInt(4, length);
      return writePacked(units);
    }
  }

  private synchronized long writePacked(int units) throws IOException {
    long at = allocate(units);
    try {
      file.seek(at * UNIT);
      file.write(packed, 0, units * UNIT);
    } catch (IOException failed) {
      free.get(units).add(at);
      throw failed;
    }
    pages++;
    written++;
    usedUnits += units;
    return at << UNITS_BITS | units;
  }

  private static int checksum(byte[] content, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, HEADER, length);
    return (int) checksum.getValue();
  }

  private long allocate(int units) throws IOException {
    for (int size = units; size <= MOST_UNITS; size++) {
      Pieces pieces = free.get(size);
      if (!pieces.isEmpty()) {
        long piece = pieces.take();
        if (size > units) {
          free.get(size - units).add(piece + units);
        }
        return piece;
      }
    }
    if ((end + units) * UNIT > mostBytes) {
      throw new SwapFullException(mostBytes);
    }
    long piece = end;
    end += units;
    return piece;
  }

  @Override
  public void read(long key, byte[] page) throws IOException {
    byte[] content = new byte[units(key) * UNIT];
    synchronized (this) {
      read++;
      file.seek((key >>> UNITS_BITS) * UNIT);
      try {
        file.readFully(content);
      } catch (EOFException e) {
        throw new IOException("it is too short", e);
      }
    }
    ByteBuffer header = ByteBuffer.wrap(content);
    int length = header.getInt(4);
    if (length < 1
        || length > content.length - HEADER
        || header.getInt(0) != checksum(content, length)) {
      throw new IOException("a page in it is damaged");
    }
    if (length == FramePool.FRAME_SIZE) {
      System.arraycopy(content, HEADER, page, 0, length);
    } else {
      unpack(content, length, page);
    }
  }

  private static void unpack(byte[] content, int length, byte[] page) throws IOException {
    int size;
    try {
      size = new Lz4JavaDecompressor().decompress(content, HEADER, length, page, 0, page.length);
    } catch (RuntimeException damaged) {
      throw new IOException("a page in it is damaged", damaged);
    }
    if (size != page.length) {
      throw new IOException("a page in it is too short");
    }
  }

  private static int units(long key) {
    return (int) (key & (1 << UNITS_BITS) - 1);
  }

  @Override
  public synchronized void retain(long key) {
    more.merge(key, 1, Integer::sum);
  }

  @Override
  public synchronized void release(long key) {
    Integer others = more.get(key);
    if (others == null) {
      free.get(units(key)).add(key >>> UNITS_BITS);
      pages--;
      usedUnits -= units(key);
      if (pages == 0) {
        shrink();
      }
    } else if (others == 1) {
      more.remove(key);
    } else {
      more.put(key, others - 1);
    }
  }

  /// Gives the disk back what an empty file takes.
  private void shrink() {
    try {
      file.setLength(0);
      free.forEach(Pieces::clear);
      end = 0;
    } catch (IOException ignored) {
      // It stays as long as it is; its pieces are free.
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException ignored) {
      // Nobody needs its content any more, and it has no name.
    }
  }

  @Override
  public String toString() {
    return "the swap file " + path;
  }

  /// Places in the file.
  private static final class Pieces {
    private long[] places = new long[16];
    private int count;

    boolean isEmpty() {
      return count == 0;
    }

    void add(long place) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place;
    }

    long take() {
      return places[--count];
    }

    void clear() {
      count = 0;
    }
  }
}
