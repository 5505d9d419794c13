package hospes.formats.qcow2;

import hospes.formats.FileAccess;
import hospes.formats.FormatException;
import java.io.IOException;
import java.util.Optional;

/// An image to be made.
///
/// @param size of the disk in bytes, a multiple of 512
/// @param version 2 or 3
/// @param clusterBits logarithm of the cluster size in bytes, 9 to 21
/// @param backing what the image shows where it was not written
public record NewImage(long size, int version, int clusterBits, Optional<BackingFile> backing) {
  /// 64 KiB, as in QEMU.
  public static final int CLUSTER_BITS = 16;

  private static final int REFCOUNT_ORDER = 4;
  private static final int L1_LIMIT = 32 << 20;

  /// An empty disk.
  public static NewImage ofSize(long size) {
    return new NewImage(size, 3, CLUSTER_BITS, Optional.empty());
  }

  /// Copy-on-write over another disk.
  public static NewImage over(BackingFile backing, long size) {
    return new NewImage(size, 3, CLUSTER_BITS, Optional.of(backing));
  }

  /// Writes the image into an empty file. The header comes last, so that a file that was left
  /// half-made is none.
  ///
  /// @throws FormatException where no image can be like that
  public void writeTo(FileAccess file) throws IOException {
    if (file.size() != 0) {
      throw new FormatException("a new qcow2 image is made in an empty file");
    }
    long l1 = Math.max(1, Qcow2Header.l1EntriesFor(size, clusterBits));
    if (l1 > L1_LIMIT / Long.BYTES) {
      throw new FormatException(
          "a disk of %d bytes is too large for clusters of %d".formatted(size, 1 << clusterBits));
    }
    int clusterSize = 1 << clusterBits;
    int perBlock = clusterSize * Byte.SIZE >> REFCOUNT_ORDER;
    int l1Clusters = clusters(l1 * Long.BYTES);
    int blocks = 1;
    while (total(blocks, l1Clusters) > (long) blocks * perBlock) {
      blocks++;
    }
    int tableClusters = clusters((long) blocks * Long.BYTES);
    long firstBlock = 1 + tableClusters;
    long l1At = firstBlock + blocks << clusterBits;
    Qcow2Header header = header((int) l1, l1At, tableClusters);
    header.check();
    byte[] first = header.toBytes();
    Storage storage = new Storage(file);
    storage.write(l1At + ((long) l1Clusters << clusterBits) - 1, new byte[1]);
    long[] table = new long[tableClusters * clusterSize / Long.BYTES];
    for (int i = 0; i < blocks; i++) {
      byte[] block = new byte[clusterSize];
      long used = total(blocks, l1Clusters) - (long) i * perBlock;
      for (int j = 0; j < Math.min(used, perBlock); j++) {
        Widths.set(block, REFCOUNT_ORDER, j, 1);
      }
      table[i] = firstBlock + i << clusterBits;
      storage.write(table[i], block);
    }
    storage.writeLongs(clusterSize, table, 0, table.length);
    storage.flush();
    storage.write(0, first);
    storage.flush();
  }

  private int clusters(long bytes) {
    return (int) (bytes + (1L << clusterBits) - 1 >> clusterBits);
  }

  private long total(int blocks, int l1Clusters) {
    return 1L + clusters((long) blocks * Long.BYTES) + blocks + l1Clusters;
  }

  private Qcow2Header header(int l1Entries, long l1At, int tableClusters) {
    return new Qcow2Header(
        version,
        clusterBits,
        size,
        l1Entries,
        l1At,
        1L << clusterBits,
        tableClusters,
        0,
        0,
        0,
        REFCOUNT_ORDER,
        false,
        backing);
  }
}
