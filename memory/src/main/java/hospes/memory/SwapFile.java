package hospes.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A file for pages of guests that are not needed now, compressed. It is gone when the host's
/// process is.
///
/// A page takes 1 to 9 units of 512 bytes: a checksum, a length, and the page, deflated where that
/// makes it smaller. Its key says where it is and how many units it takes.
public final class SwapFile implements PageSource {
  private static final int UNIT = 512;
  private static final int HEADER = 8;
  private static final int MOST_UNITS = (HEADER + FramePool.FRAME_SIZE + UNIT - 1) / UNIT;
  private static final int UNITS_BITS = 4;
  private static final int FASTEST = 1;

  private final Path path;
  private final FileChannel file;
  private final long mostBytes;
  private final Deflater deflater = new Deflater(FASTEST, true);

  /// Free pieces of the file by their units.
  private final List<ArrayDeque<Long>> free = new ArrayList<>();

  /// References to keys that have more than one, without the first.
  private final Map<Long, Integer> more = new HashMap<>();

  private long end;
  private long pages;
  private long usedUnits;

  /// A new, empty file of at most so many bytes.
  ///
  /// @throws IOException where it cannot be made, or is there already
  public SwapFile(Path path, long mostBytes) throws IOException {
    this.path = path;
    this.mostBytes = mostBytes;
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    for (int units = 0; units <= MOST_UNITS; units++) {
      free.add(new ArrayDeque<>());
    }
  }

  /// Pages in the file.
  public synchronized long pages() {
    return pages;
  }

  /// Bytes that pages take in the file.
  public synchronized long usedBytes() {
    return usedUnits * UNIT;
  }

  /// Writes a page; its key, with one reference.
  ///
  /// @throws IOException where the disk or the file is full, or the disk fails
  public synchronized long write(byte[] page) throws IOException {
    byte[] content = new byte[MOST_UNITS * UNIT];
    deflater.reset();
    deflater.setInput(page);
    deflater.finish();
    int length = deflater.deflate(content, HEADER, FramePool.FRAME_SIZE);
    if (!deflater.finished() || length >= FramePool.FRAME_SIZE) {
      length = FramePool.FRAME_SIZE;
      System.arraycopy(page, 0, content, HEADER, length);
    }
    int units = (HEADER + length + UNIT - 1) / UNIT;
    ByteBuffer bytes = ByteBuffer.wrap(content, 0, units * UNIT);
    bytes.putInt(0, checksum(content, length)).putInt(4, length);
    long at = allocate(units);
    try {
      for (long position = at * UNIT; bytes.hasRemaining(); ) {
        position += file.write(bytes, position);
      }
    } catch (IOException failed) {
      free.get(units).add(at);
      throw failed;
    }
    pages++;
    usedUnits += units;
    return at << UNITS_BITS | units;
  }

  private static int checksum(byte[] content, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(content, HEADER, length);
    return (int) checksum.getValue();
  }

  private long allocate(int units) throws IOException {
    for (int size = units; size <= MOST_UNITS; size++) {
      Long piece = free.get(size).poll();
      if (piece != null) {
        if (size > units) {
          free.get(size - units).add(piece + units);
        }
        return piece;
      }
    }
    if ((end + units) * UNIT > mostBytes) {
      throw new IOException(
          "%s may have no more than %d MiB; give it more".formatted(this, mostBytes >> 20));
    }
    long piece = end;
    end += units;
    return piece;
  }

  @Override
  public void read(long key, byte[] page) throws IOException {
    int units = units(key);
    byte[] content = new byte[units * UNIT];
    ByteBuffer bytes = ByteBuffer.wrap(content);
    for (long position = (key >>> UNITS_BITS) * UNIT; bytes.hasRemaining(); ) {
      int count = file.read(bytes, position);
      if (count < 0) {
        throw new IOException("the file is too short");
      }
      position += count;
    }
    int length = bytes.getInt(4);
    if (length < 1 || length > content.length - HEADER) {
      throw new IOException("a page in it is damaged");
    }
    if (bytes.getInt(0) != checksum(content, length)) {
      throw new IOException("a page in it is damaged");
    }
    if (length == FramePool.FRAME_SIZE) {
      System.arraycopy(content, HEADER, page, 0, length);
    } else {
      inflate(content, length, page);
    }
  }

  private static void inflate(byte[] content, int length, byte[] page) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(content, HEADER, length);
      if (inflater.inflate(page) != page.length) {
        throw new IOException("a page in it is too short");
      }
    } catch (DataFormatException damaged) {
      throw new IOException("a page in it is damaged", damaged);
    } finally {
      inflater.end();
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
    } else if (others == 1) {
      more.remove(key);
    } else {
      more.put(key, others - 1);
    }
  }

  @Override
  public synchronized void close() {
    deflater.end();
    try {
      file.close();
    } catch (IOException ignored) {
      // Nobody needs its content any more, and it was to be deleted.
    }
  }

  @Override
  public String toString() {
    return "the swap file " + path;
  }
}
