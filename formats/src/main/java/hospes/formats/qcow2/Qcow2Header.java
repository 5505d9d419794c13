package hospes.formats.qcow2;

import hospes.formats.FileAccess;
import hospes.formats.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An image's header ("Header", "Header extensions"), checked: every number in it is within the
/// limits that readers of the format agree on, and nothing that this reader does not know is
/// needed to understand the image.
///
/// @param version 2 or 3
/// @param clusterBits logarithm of the cluster size, 9 to 21
/// @param size the disk's size in bytes
/// @param l1Entries entries of the active L1 table
/// @param features the incompatible features; only the known ones
/// @param autoclear the auto-clear features, all of which a writer here must clear
/// @param refcountOrder logarithm of a reference count's width in bits, 0 to 6
/// @param zstd whether compressed clusters are packed with zstd rather than deflate
record Qcow2Header(
    int version,
    int clusterBits,
    long size,
    int l1Entries,
    long l1Offset,
    long refcountTableOffset,
    int refcountTableClusters,
    int snapshots,
    long features,
    long autoclear,
    int refcountOrder,
    boolean zstd,
    Optional<BackingFile> backing) {
  static final int MAGIC = 'Q' << 24 | 'F' << 16 | 'I' << 8 | 0xfb;
  static final int V2_BYTES = 72;
  static final int V3_BYTES = 104;
  static final int BACKING_FORMAT = 0xe2792aca;

  static final int AT_REFCOUNT_TABLE = 48;
  static final int AT_FEATURES = 72;
  static final int AT_AUTOCLEAR = 88;

  static final long DIRTY = 1;
  static final long CORRUPT = 1 << 1;
  private static final long EXTERNAL_DATA = 1 << 2;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final long EXTENDED_L2 = 1 << 4;

  static final int MIN_CLUSTER_BITS = 9;
  static final int MAX_CLUSTER_BITS = 21;
  private static final int MAX_L1_BYTES = 32 << 20;
  private static final int MAX_REFCOUNT_TABLE_BYTES = 8 << 20;
  private static final int SECTOR = 512;

  /// Reads and checks the header of an image.
  ///
  /// @throws FormatException where it is none, is damaged, or needs what is not supported
  static Qcow2Header read(FileAccess file) throws IOException {
    return new Qcow2HeaderReader(file).read();
  }

  int clusterSize() {
    return 1 << clusterBits;
  }

  /// Entries of an L2 table.
  int l2Entries() {
    return clusterSize() / Long.BYTES;
  }

  /// Whether the image was not closed properly by a program that keeps reference counts lazily.
  boolean isDirty() {
    return (features & DIRTY) != 0;
  }

  /// Whether a program found the image damaged.
  boolean isCorrupt() {
    return (features & CORRUPT) != 0;
  }

  /// L1 entries that a disk needs.
  static long l1EntriesFor(long size, int clusterBits) {
    int bits = 2 * clusterBits - 3;
    return (size >>> bits) + ((size & (1L << bits) - 1) == 0 ? 0 : 1);
  }

  /// Reports the first number that is out of bounds.
  void check() throws FormatException {
    require(version == 2 || version == 3, "it has version %d; versions 2 and 3 are known", version);
    checkFeatures();
    require(
        clusterBits >= MIN_CLUSTER_BITS && clusterBits <= MAX_CLUSTER_BITS,
        "it has clusters of 2^%d bytes; 2^9 to 2^21 are possible",
        clusterBits);
    require(
        refcountOrder >= 0 && refcountOrder <= 6,
        "its reference counts have 2^%d bits",
        refcountOrder);
    require(size >= 0 && size % SECTOR == 0, "its disk has %d bytes", size);
    require(
        l1Entries >= 0 && l1Entries <= MAX_L1_BYTES / Long.BYTES,
        "its L1 table has %d entries",
        l1Entries);
    require(
        l1EntriesFor(size, clusterBits) <= l1Entries,
        "its L1 table is too small for its size, with %d entries",
        l1Entries);
    requireAligned(l1Offset, "L1 table");
    requireAligned(refcountTableOffset, "refcount table");
    require(
        refcountTableClusters > 0
            && refcountTableClusters <= MAX_REFCOUNT_TABLE_BYTES >> clusterBits,
        "its refcount table has %d clusters",
        refcountTableClusters);
  }

  private void checkFeatures() throws FormatException {
    if ((features & EXTERNAL_DATA) != 0) {
      throw unsupported("keeps its data in another file");
    }
    if ((features & EXTENDED_L2) != 0) {
      throw unsupported("has extended L2 entries (subclusters)");
    }
    long unknown = features & ~(DIRTY | CORRUPT | COMPRESSION_TYPE);
    if (unknown != 0) {
      throw unsupported("needs a feature that is unknown here (bits %#x)".formatted(unknown));
    }
    require(
        zstd == ((features & COMPRESSION_TYPE) != 0), "it contradicts itself on its compression");
  }

  static FormatException unsupported(String what) {
    return new FormatException(
        "the qcow2 image %s, which Hospes cannot read; convert it with: qemu-img convert -O qcow2"
            .formatted(what));
  }

  private void requireAligned(long offset, String table) throws FormatException {
    require(offset > 0 && offset % clusterSize() == 0, "its %s is at offset %#x", table, offset);
  }

  private static void require(boolean condition, String problem, Object... values)
      throws FormatException {
    if (!condition) {
      throw new FormatException("damaged qcow2 image: " + problem.formatted(values));
    }
  }

  /// The first cluster of a new image.
  byte[] toBytes() throws FormatException {
    ByteBuffer out = ByteBuffer.allocate(clusterSize());
    int length = version == 2 ? V2_BYTES : V3_BYTES + Long.BYTES;
    out.putInt(MAGIC).putInt(version).putLong(0).putInt(0).putInt(clusterBits).putLong(size);
    out.putInt(0).putInt(l1Entries).putLong(l1Offset);
    out.putLong(refcountTableOffset).putInt(refcountTableClusters).putInt(0).putLong(0);
    if (version > 2) {
      out.putLong(features).putLong(0).putLong(autoclear).putInt(refcountOrder).putInt(length);
    }
    if (backing.isPresent()) {
      byte[] name = backing.get().name().getBytes(StandardCharsets.UTF_8);
      byte[] format = backing.get().format().orElse("").getBytes(StandardCharsets.UTF_8);
      int room = length + 3 * Long.BYTES + format.length + Long.BYTES + name.length;
      if (name.length == 0 || name.length > BackingFile.MAX_NAME_BYTES || room > out.capacity()) {
        throw new FormatException(
            "a backing file's name has 1 to %d bytes, and fits with the header into a cluster: %s"
                .formatted(BackingFile.MAX_NAME_BYTES, backing.get().name()));
      }
      out.position(length);
      if (format.length > 0) {
        out.putInt(BACKING_FORMAT).putInt(format.length).put(format);
        out.position(out.position() + 7 & ~7);
      }
      out.putLong(0); // the end of the extensions
      out.putLong(8, out.position()).putInt(16, name.length);
      out.put(name);
    }
    return out.array();
  }
}
