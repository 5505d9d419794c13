package hospes.formats.qcow2;

import hospes.formats.FileAccess;
import hospes.formats.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A disk in a qcow2 image. For one thread at a time.
///
/// What is written is in the file's tables after [#flush]; before that a killed process may lose
/// it, as a real disk loses its cache, and leaves at worst clusters that are counted and not used.
/// Nothing in the file ever refers to what is not there yet, and with a file that keeps the order
/// of [FileAccess#flush] that holds for a crash of the host too.
///
/// Snapshots inside the image are left as they are: what they share with the disk is copied before
/// it is written. Bitmaps of changes are marked as out of date.
public final class Qcow2Image implements DiskContent {
  /// How many bytes at the start of a file tell whether it is an image.
  public static final int MAGIC_BYTES = 4;

  private static final int GARBAGE_LIMIT = 4096;

  private final Storage storage;
  private final Qcow2Header header;
  private final Optional<DiskContent> backing;
  private final ClusterMap map;
  private final CompressedClusters compressed;
  private final Metadata metadata;
  private final @Nullable Refcounts refcounts;
  private final List<Long> garbage = new ArrayList<>();
  private boolean autocleared;
  private @Nullable CorruptImageException corruption;

  private Qcow2Image(
      FileAccess file, Qcow2Header header, ImageAccess access, Optional<DiskContent> backing)
      throws IOException {
    this.header = header;
    this.backing = backing;
    storage = new Storage(file);
    map = new ClusterMap(storage, header);
    compressed = new CompressedClusters(storage, header);
    metadata = new Metadata(header.clusterBits());
    autocleared = header.autoclear() == 0;
    refcounts =
        switch (access) {
          case READ_ONLY -> null;
          case READ_WRITE -> {
            map.claim(metadata);
            yield new Refcounts(storage, header, metadata);
          }
        };
  }

  /// Whether a file that begins with these bytes says that it is an image.
  public static boolean isImage(byte[] start) {
    return start.length >= MAGIC_BYTES && ByteBuffer.wrap(start).getInt() == Qcow2Header.MAGIC;
  }

  /// What an image names as its backing file, which must be given to [#open].
  ///
  /// @throws FormatException where the file is no image, is damaged, or needs what is not supported
  public static Optional<BackingFile> backingFile(FileAccess file) throws IOException {
    return Qcow2Header.read(file).backing();
  }

  /// Opens an image.
  ///
  /// @param file stays the caller's, who closes it
  /// @param backing the disk behind the image, empty where it has none
  /// @throws FormatException where the file is no image, is damaged, or needs what is not supported
  public static Qcow2Image open(FileAccess file, ImageAccess access, Optional<DiskContent> backing)
      throws IOException {
    Qcow2Header header = Qcow2Header.read(file);
    if (header.backing().isPresent() != backing.isPresent()) {
      throw new IllegalArgumentException("the backing file is not the one that the image names");
    }
    if (access == ImageAccess.READ_WRITE && (header.isDirty() || header.isCorrupt())) {
      throw new FormatException(
          "the qcow2 image %s; mend it with: qemu-img check -r all"
              .formatted(header.isCorrupt() ? "is marked as damaged" : "was not closed properly"));
    }
    return new Qcow2Image(file, header, access, backing);
  }

  @Override
  public long size() {
    return header.size();
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    checkRange(position, length);
    for (int done = 0; done < length; ) {
      int part = partOfCluster(position + done, length - done);
      readPart(position + done, to, offset + done, part);
      done += part;
    }
  }

  private int partOfCluster(long position, long length) {
    return (int) Math.min(length, header.clusterSize() - inCluster(position));
  }

  private int inCluster(long position) {
    return (int) (position & header.clusterSize() - 1);
  }

  private L2Entry entry(long position) throws IOException {
    return L2Entry.of(map.word(position >>> header.clusterBits()), header);
  }

  /// Takes what an image holds itself.
  public interface OwnContent {
    /// Bytes from a position of the disk on.
    void data(long position, byte[] bytes, int length) throws IOException;

    /// A range of zeros.
    void zeros(long position, int length) throws IOException;
  }

  /// Hands out all that the image holds itself, ascending; what it leaves to its backing file is
  /// left out.
  public void forEachOwn(OwnContent taker) throws IOException {
    byte[] bytes = new byte[header.clusterSize()];
    for (long at = 0; at < size(); at += bytes.length) {
      int length = (int) Math.min(bytes.length, size() - at);
      switch (entry(at)) {
        case L2Entry.Unallocated() -> {}
        case L2Entry.Zero _ -> taker.zeros(at, length);
        case L2Entry.Standard _, L2Entry.Compressed _ -> {
          readPart(at, bytes, 0, length);
          taker.data(at, bytes, length);
        }
      }
    }
  }

  private void readPart(long position, byte[] to, int offset, int length) throws IOException {
    switch (entry(position)) {
      case L2Entry.Unallocated() -> readBacking(position, to, offset, length);
      case L2Entry.Zero _ -> Arrays.fill(to, offset, offset + length, (byte) 0);
      case L2Entry.Standard(long at, var _) ->
          readData(at, inCluster(position), to, offset, length);
      case L2Entry.Compressed packed ->
          System.arraycopy(compressed.read(packed), inCluster(position), to, offset, length);
    }
  }

  /// Only the file's last cluster may be cut off within; what is missing of it are zeros.
  private void readData(long cluster, int in, byte[] to, int offset, int length)
      throws IOException {
    if (cluster < storage.end() && cluster + in >= storage.end()) {
      Arrays.fill(to, offset, offset + length, (byte) 0);
    } else {
      storage.read(cluster + in, to, offset, length);
    }
  }

  private void readBacking(long position, byte[] to, int offset, int length) throws IOException {
    int there = 0;
    if (backing.isPresent() && position < backing.get().size()) {
      there = (int) Math.min(length, backing.get().size() - position);
      backing.get().read(position, to, offset, there);
    }
    Arrays.fill(to, offset + there, offset + length, (byte) 0);
  }

  /// Writes all of `length` bytes.
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    checkRange(position, length);
    Refcounts counts = writable();
    try {
      for (int done = 0; done < length; ) {
        int part = partOfCluster(position + done, length - done);
        writePart(counts, position + done, from, offset + done, part);
        done += part;
      }
    } catch (CorruptImageException damage) {
      throw markCorrupt(damage);
    }
    limitGarbage();
  }

  private void writePart(Refcounts counts, long position, byte[] from, int offset, int length)
      throws IOException {
    int in = inCluster(position);
    switch (entry(position)) {
      case L2Entry.Standard(long at, var owner) when owner == L2Entry.Ownership.ALONE -> {
        requireUsable(at);
        storage.write(at + in, from, offset, length);
      }
      case L2Entry.Zero(long at, var owner) when at != 0 && owner == L2Entry.Ownership.ALONE -> {
        requireUsable(at);
        storage.write(at, merged(position, from, offset, length));
        map.set(cluster(position), at | L2Entry.COPIED, counts, metadata, garbage::add);
      }
      case L2Entry old -> {
        long end = storage.end();
        byte[] whole = wholeUnlessBlank(old, position, from, offset, length);
        long at = counts.allocate();
        if (whole != null) {
          storage.write(at, whole);
        } else if (at >= end) {
          storage.write(at + in, from, offset, length);
        } else {
          storage.write(at, merged(position, from, offset, length));
        }
        map.set(cluster(position), at | L2Entry.COPIED, counts, metadata, garbage::add);
        discardOld(old);
      }
    }
  }

  private long cluster(long position) {
    return position >>> header.clusterBits();
  }

  private void requireUsable(long cluster) throws FormatException {
    metadata.requireFree(cluster);
    if (cluster >= storage.end()) {
      throw new FormatException(
          "the qcow2 image is damaged or cut off: it refers to offset %#x, behind its end"
              .formatted(cluster));
    }
  }

  /// The cluster as it will be, or nothing where all that is not written now is zeros.
  private byte @Nullable [] wholeUnlessBlank(
      L2Entry old, long position, byte[] from, int offset, int length) throws IOException {
    boolean blank =
        old instanceof L2Entry.Zero
            || old.equals(new L2Entry.Unallocated()) && !showsBacking(position);
    return blank ? null : merged(position, from, offset, length);
  }

  private boolean showsBacking(long position) {
    long start = position - inCluster(position);
    return backing.isPresent() && start < backing.get().size();
  }

  private byte[] merged(long position, byte[] from, int offset, int length) throws IOException {
    byte[] whole = new byte[header.clusterSize()];
    int in = inCluster(position);
    if (length < whole.length) {
      long start = position - in;
      readPart(start, whole, 0, (int) Math.min(whole.length, size() - start));
    }
    System.arraycopy(from, offset, whole, in, length);
    return whole;
  }

  /// Makes zeros of a range; whole clusters give their space back.
  public void discard(long position, long length) throws IOException {
    checkRange(position, length);
    Refcounts counts = writable();
    byte[] zeros = new byte[(int) Math.min(length, header.clusterSize())];
    try {
      for (long done = 0; done < length; ) {
        long at = position + done;
        int part = partOfCluster(at, length - done);
        boolean whole = inCluster(at) == 0 && (part == header.clusterSize() || at + part == size());
        if (!isBlank(at) && !(whole && dropCluster(counts, at))) {
          writePart(counts, at, zeros, 0, part);
        }
        done += part;
      }
    } catch (CorruptImageException damage) {
      throw markCorrupt(damage);
    }
    limitGarbage();
  }

  private boolean isBlank(long position) throws IOException {
    return switch (entry(position)) {
      case L2Entry.Unallocated() -> !showsBacking(position);
      case L2Entry.Zero(long at, var _) -> at == 0;
      case L2Entry.Standard _, L2Entry.Compressed _ -> false;
    };
  }

  private boolean dropCluster(Refcounts counts, long position) throws IOException {
    if (showsBacking(position) && header.version() < 3) {
      return false; // version 2 has no clusters of zeros
    }
    L2Entry old = entry(position);
    long word = showsBacking(position) ? L2Entry.ZERO_WORD : 0;
    map.set(cluster(position), word, counts, metadata, garbage::add);
    discardOld(old);
    return true;
  }

  private void discardOld(L2Entry old) {
    switch (old) {
      case L2Entry.Unallocated() -> {}
      case L2Entry.Zero(long at, var _) -> {
        if (at != 0) {
          garbage.add(at);
        }
      }
      case L2Entry.Standard(long at, var _) -> garbage.add(at);
      case L2Entry.Compressed(long at, int length) -> {
        long last = at + length - 1 >>> header.clusterBits();
        for (long cluster = at >>> header.clusterBits(); cluster <= last; cluster++) {
          garbage.add(cluster << header.clusterBits());
        }
      }
    }
  }

  private void limitGarbage() throws IOException {
    if (garbage.size() > GARBAGE_LIMIT) {
      writeBack();
    }
  }

  /// Brings the tables to the file, then gives free what they do not refer to any more.
  private void writeBack() throws IOException {
    map.writeBack();
    if (!garbage.isEmpty() && refcounts != null) {
      storage.flush();
      compressed.forget();
      while (!garbage.isEmpty()) {
        refcounts.release(garbage.removeLast());
      }
    }
  }

  /// Returns when all that was written is safe from a crash of the host.
  public void flush() throws IOException {
    if (refcounts != null) {
      writeBack();
      storage.flush();
    }
  }

  private Refcounts writable() throws IOException {
    if (refcounts == null) {
      throw new IOException("the qcow2 image is read-only");
    }
    if (corruption != null) {
      throw new FormatException(corruption.getMessage(), corruption);
    }
    if (!autocleared) {
      storage.write(Qcow2Header.AT_AUTOCLEAR, new byte[Long.BYTES]);
      storage.flush();
      autocleared = true;
    }
    return refcounts;
  }

  /// Nobody may write to the image until it is mended.
  private CorruptImageException markCorrupt(CorruptImageException damage) throws IOException {
    corruption = damage;
    if (header.version() > 2) {
      long features = header.features() | Qcow2Header.CORRUPT;
      storage.write(
          Qcow2Header.AT_FEATURES, ByteBuffer.allocate(Long.BYTES).putLong(features).array());
    }
    return damage;
  }

  private void checkRange(long position, long length) throws EOFException {
    if (position < 0 || length < 0 || length > size() || position > size() - length) {
      throw new EOFException(
          "%d bytes at %d lie outside the disk of %d bytes".formatted(length, position, size()));
    }
  }
}
