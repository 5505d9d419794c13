package hospes.formats.qcow2;

import hospes.formats.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which clusters of the file are used, and how often ("Host cluster management").
///
/// A count is in the file before the cluster that it stands for is handed out, and goes down only
/// when nothing in the file refers to the cluster any more. So wherever a process is killed, a
/// cluster may be counted that nothing uses, and none is used that is not counted.
final class Refcounts {
  private static final int CACHED_BYTES = 4 << 20;
  private static final int MAX_TABLE_BYTES = 8 << 20;
  private static final long MAX_OFFSET = 1L << 55;

  private final Storage storage;
  private final Metadata metadata;
  private final int clusterBits;
  private final int order;
  private final int perBlock;
  private final Map<Integer, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long[] table;
  private long tableOffset;
  private long hint;

  Refcounts(Storage storage, Qcow2Header header, Metadata metadata) throws IOException {
    this.storage = storage;
    this.metadata = metadata;
    clusterBits = header.clusterBits();
    order = header.refcountOrder();
    perBlock = (header.clusterSize() << 3) >> order;
    tableOffset = header.refcountTableOffset();
    int entries = header.refcountTableClusters() * header.l2Entries();
    table = storage.readLongs(tableOffset, entries);
    metadata.claim(tableOffset, header.refcountTableClusters());
    for (long block : table) {
      if (block != 0) {
        metadata.claim(block, 1);
      }
    }
  }

  private int clusterSize() {
    return 1 << clusterBits;
  }

  /// How often a cluster is used.
  long count(long cluster) throws IOException {
    long index = cluster / perBlock;
    if (index >= table.length || table[(int) index] == 0) {
      return 0;
    }
    return Widths.get(block((int) index), order, (int) (cluster % perBlock));
  }

  /// The offset of a cluster that nothing used; its count is 1 now. What it holds is undefined,
  /// but zeros if it begins behind the end of the file.
  long allocate() throws IOException {
    while (true) {
      if (hint << clusterBits >= MAX_OFFSET) {
        throw new IOException("the qcow2 image cannot grow any more");
      }
      if (hint / perBlock >= table.length) {
        growTable();
      }
      int index = (int) (hint / perBlock);
      if (table[index] == 0) {
        addBlock(index, hint++);
        continue;
      }
      byte[] block = block(index);
      for (int i = (int) (hint % perBlock); i < perBlock; i++, hint++) {
        if (Widths.get(block, order, i) == 0) {
          long offset = hint << clusterBits;
          metadata.requireFree(offset);
          set(hint++, 1);
          return offset;
        }
      }
    }
  }

  /// Takes one use from the cluster at `offset`, to which nothing in the file refers any more.
  void release(long offset) throws IOException {
    long cluster = offset >>> clusterBits;
    long count = count(cluster);
    if (count == 0) {
      throw new FormatException(
          "the qcow2 image is damaged: the cluster at %#x is used but not counted; mend it with: qemu-img check -r all"
              .formatted(offset));
    }
    set(cluster, count - 1);
    if (count == 1) {
      hint = Math.min(hint, cluster);
    }
  }

  private void set(long cluster, long count) throws IOException {
    int index = (int) (cluster / perBlock);
    int i = (int) (cluster % perBlock);
    byte[] block = block(index);
    Widths.set(block, order, i, count);
    int at = i << order >> 3;
    storage.write(table[index] + at, block, at, Math.max(1, 1 << order >> 3));
  }

  private byte[] block(int index) throws IOException {
    byte[] block = blocks.get(index);
    if (block == null) {
      block = new byte[clusterSize()];
      storage.read(table[index], block, 0, block.length);
      keep(index, block);
    }
    return block;
  }

  private void keep(int index, byte[] block) {
    if (blocks.size() >= Math.max(2, CACHED_BYTES >> clusterBits)) {
      var oldest = blocks.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    blocks.put(index, block);
  }

  /// A block for a stretch in which nothing is counted, in a cluster of that stretch. It is whole
  /// before the table refers to it.
  private void addBlock(int index, long cluster) throws IOException {
    long offset = cluster << clusterBits;
    metadata.claim(offset, 1);
    byte[] block = new byte[clusterSize()];
    Widths.set(block, order, (int) (cluster % perBlock), 1);
    storage.write(offset, block);
    storage.flush();
    table[index] = offset;
    storage.writeLongs(tableOffset + (long) index * Long.BYTES, table, index, index + 1);
    keep(index, block);
  }

  /// A longer table. It and the blocks that count it lie in the first clusters that the old one
  /// does not cover; nothing refers to them until the header does.
  private void growTable() throws IOException {
    int entriesPerCluster = clusterSize() / Long.BYTES;
    int oldClusters = table.length / entriesPerCluster;
    int tableClusters = oldClusters + Math.max(1, oldClusters / 2);
    if ((long) tableClusters << clusterBits > MAX_TABLE_BYTES) {
      throw new IOException("the qcow2 image cannot grow any more: its refcount table is full");
    }
    int newBlocks = 1;
    while ((long) newBlocks * perBlock < newBlocks + tableClusters) {
      newBlocks++;
    }
    long first = (long) table.length * perBlock;
    metadata.claim(first << clusterBits, newBlocks + tableClusters);
    long[] longer = Arrays.copyOf(table, tableClusters * entriesPerCluster);
    for (int i = 0; i < newBlocks; i++) {
      byte[] block = new byte[clusterSize()];
      long used = newBlocks + tableClusters - (long) i * perBlock;
      for (int j = 0; j < Math.min(used, perBlock); j++) {
        Widths.set(block, order, j, 1);
      }
      longer[table.length + i] = first + i << clusterBits;
      storage.write(first + i << clusterBits, block);
    }
    long offset = first + newBlocks << clusterBits;
    storage.writeLongs(offset, longer, 0, longer.length);
    storage.flush();
    ByteBuffer place = ByteBuffer.allocate(12).putLong(offset).putInt(tableClusters);
    storage.write(Qcow2Header.AT_REFCOUNT_TABLE, place.array());
    storage.flush();
    long old = tableOffset;
    table = longer;
    tableOffset = offset;
    hint = first + newBlocks + tableClusters;
    metadata.disclaim(old, oldClusters);
    for (int i = 0; i < oldClusters; i++) {
      release(old + ((long) i << clusterBits));
    }
  }
}
