package hospes.formats.qcow2;

import hospes.formats.FormatException;
import java.util.HashSet;
import java.util.Set;

/// Where the image's own tables lie, so that no damage in them makes the disk's content overwrite
/// them.
final class Metadata {
  private final int clusterBits;
  private final Set<Long> clusters = new HashSet<>();

  Metadata(int clusterBits) {
    this.clusterBits = clusterBits;
  }

  /// Notes clusters that hold a table from now on.
  ///
  /// @throws FormatException where another table lies there, or no cluster can begin there
  void claim(long offset, int count) throws FormatException {
    for (int i = 0; i < count; i++) {
      long cluster = (offset >>> clusterBits) + i;
      if (offset <= 0 || (offset & (1L << clusterBits) - 1) != 0 || !clusters.add(cluster)) {
        throw new FormatException(
            "damaged qcow2 image: a table is at offset %#x, where none can be".formatted(offset));
      }
    }
  }

  /// Notes that a table is gone.
  void disclaim(long offset, int count) {
    for (int i = 0; i < count; i++) {
      clusters.remove((offset >>> clusterBits) + i);
    }
  }

  /// @throws CorruptImageException where a table lies in this cluster, or the header
  void requireFree(long offset) throws CorruptImageException {
    if (offset >>> clusterBits == 0 || clusters.contains(offset >>> clusterBits)) {
      throw new CorruptImageException(
          "the qcow2 image is damaged: its table at offset %#x is used for something else as well"
              .formatted(offset));
    }
  }
}
