package hospes.formats.qcow2;

import hospes.formats.FormatException;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where each cluster of the disk is ("Cluster mapping"): the L1 table in memory, and the L2 tables
/// used last.
///
/// Changes stay in memory until [#writeBack], which brings them to the file in an order in which
/// every reference leads to what is there already.
final class ClusterMap {
  private static final int CACHED_BYTES = 8 << 20;

  /// Clusters that are free when no table in the file refers to them any more.
  interface Garbage {
    void add(long offset);
  }

  private static final class Table {
    final long offset;
    final long[] words;
    int dirtyFrom = Integer.MAX_VALUE;
    int dirtyTo;

    Table(long offset, long[] words) {
      this.offset = offset;
      this.words = words;
    }

    void touch(int from, int to) {
      dirtyFrom = Math.min(dirtyFrom, from);
      dirtyTo = Math.max(dirtyTo, to);
    }

    boolean isDirty() {
      return dirtyFrom < dirtyTo;
    }
  }

  private final Storage storage;
  private final Qcow2Header header;
  private final long[] l1;
  private final BitSet l1Dirty = new BitSet();
  private final Map<Integer, Table> tables = new LinkedHashMap<>(16, 0.75f, true);

  ClusterMap(Storage storage, Qcow2Header header) throws IOException {
    this.storage = storage;
    this.header = header;
    l1 = header.l1Entries() == 0 ? new long[0] : readL1();
    for (long word : l1) {
      long offset = word & L2Entry.OFFSET_MASK;
      if ((word & ~(L2Entry.OFFSET_MASK | L2Entry.COPIED)) != 0
          || offset % header.clusterSize() != 0) {
        throw new FormatException("damaged qcow2 image: an L1 entry is %#x".formatted(word));
      }
    }
  }

  private long[] readL1() throws IOException {
    long bytes = (long) header.l1Entries() * Long.BYTES;
    if (bytes > storage.end() - header.l1Offset() + header.clusterSize()) {
      throw new FormatException("truncated qcow2 image: it ends before its L1 table does");
    }
    return storage.readLongs(header.l1Offset(), header.l1Entries());
  }

  /// Notes where the tables lie.
  void claim(Metadata metadata) throws FormatException {
    long bytes = (long) l1.length * Long.BYTES;
    metadata.claim(
        header.l1Offset(), (int) ((bytes + header.clusterSize() - 1) >> header.clusterBits()));
    for (long word : l1) {
      if (word != 0) {
        metadata.claim(word & L2Entry.OFFSET_MASK, 1);
      }
    }
  }

  /// The L2 entry of a cluster of the disk; 0 where it has none.
  long word(long cluster) throws IOException {
    Table table = table((int) (cluster / header.l2Entries()));
    return table == null ? 0 : table.words[(int) (cluster % header.l2Entries())];
  }

  private @Nullable Table table(int index) throws IOException {
    Table table = tables.get(index);
    if (table == null && l1[index] != 0) {
      long offset = l1[index] & L2Entry.OFFSET_MASK;
      table = keep(index, new Table(offset, storage.readLongs(offset, header.l2Entries())));
    }
    return table;
  }

  private Table keep(int index, Table table) throws IOException {
    if (tables.size() >= Math.max(2, CACHED_BYTES >> header.clusterBits())) {
      writeBack();
      var oldest = tables.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    tables.put(index, table);
    return table;
  }

  /// Changes a cluster's L2 entry.
  void set(long cluster, long word, Refcounts refcounts, Metadata metadata, Garbage garbage)
      throws IOException {
    int index = (int) (cluster / header.l2Entries());
    Table table = table(index);
    if (table == null || (l1[index] & L2Entry.COPIED) == 0) {
      table = ownTable(index, table, refcounts, metadata, garbage);
    }
    int at = (int) (cluster % header.l2Entries());
    table.words[at] = word;
    table.touch(at, at + 1);
  }

  private Table ownTable(
      int index, @Nullable Table old, Refcounts refcounts, Metadata metadata, Garbage garbage)
      throws IOException {
    long offset = refcounts.allocate();
    Table table = new Table(offset, old == null ? new long[header.l2Entries()] : old.words);
    table.touch(0, header.l2Entries());
    if (old != null) {
      garbage.add(old.offset);
      metadata.disclaim(old.offset, 1);
      tables.remove(index);
    }
    metadata.claim(offset, 1);
    keep(index, table);
    l1[index] = offset | L2Entry.COPIED;
    l1Dirty.set(index);
    return table;
  }

  /// Brings all changes to the file. What they refer to must have been written before.
  ///
  /// @return whether there were any
  boolean writeBack() throws IOException {
    boolean any = !l1Dirty.isEmpty() || tables.values().stream().anyMatch(Table::isDirty);
    if (!any) {
      return false;
    }
    storage.flush();
    for (Table table : tables.values()) {
      if (table.isDirty()) {
        storage.writeLongs(
            table.offset + (long) table.dirtyFrom * Long.BYTES,
            table.words,
            table.dirtyFrom,
            table.dirtyTo);
        table.dirtyFrom = Integer.MAX_VALUE;
        table.dirtyTo = 0;
      }
    }
    if (!l1Dirty.isEmpty()) {
      storage.flush();
      for (int i = l1Dirty.nextSetBit(0); i >= 0; i = l1Dirty.nextSetBit(i + 1)) {
        storage.writeLongs(header.l1Offset() + (long) i * Long.BYTES, l1, i, i + 1);
      }
      l1Dirty.clear();
    }
    return true;
  }
}
