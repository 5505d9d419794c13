package hospes.formats.qcow2;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Counts by itself what an image of 16-bit reference counts uses, and compares. It is written for
/// well-formed images without snapshots, and shares no code with what it checks.
final class ImageCheck {
  private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

  private final ByteBuffer image;
  private final int clusterBits;
  private final Map<Long, Integer> used = new HashMap<>();

  private ImageCheck(byte[] image) {
    this.image = ByteBuffer.wrap(image);
    this.clusterBits = this.image.getInt(20);
  }

  /// What a check found.
  ///
  /// @param leaks clusters that are counted more often than used
  /// @param corruptions clusters that are used more often than counted, or lie outside
  record Result(int leaks, int corruptions) {}

  static Result of(byte[] image) {
    return new ImageCheck(image).check();
  }

  private Result check() {
    int clusterSize = 1 << clusterBits;
    use(0);
    long table = image.getLong(48);
    int tableBytes = image.getInt(56) << clusterBits;
    for (int i = 0; i < tableBytes; i += clusterSize) {
      use(table + i);
    }
    for (int i = 0; i < tableBytes; i += 8) {
      use(word(table + i));
    }
    long l1 = image.getLong(40);
    int l1Bytes = image.getInt(36) * 8;
    for (int i = 0; i < l1Bytes; i += clusterSize) {
      use(l1 + i);
    }
    for (int i = 0; i < l1Bytes; i += 8) {
      long l2 = word(l1 + i) & OFFSET;
      if (l2 != 0) {
        use(l2);
        for (int j = 0; j < clusterSize; j += 8) {
          use(word(l2 + j) & OFFSET);
        }
      }
    }
    int leaks = 0;
    int corruptions = 0;
    long covered = (long) tableBytes / 8 * (clusterSize / 2);
    long entries = Math.min(covered, (image.capacity() >>> clusterBits) + clusterSize);
    for (long cluster = 0; cluster < entries; cluster++) {
      int counted = count(table, cluster);
      int uses = used.getOrDefault(cluster, 0);
      used.remove(cluster);
      leaks += counted > uses ? 1 : 0;
      corruptions += counted < uses || uses > 1 ? 1 : 0;
    }
    return new Result(leaks, corruptions + used.size());
  }

  private void use(long offset) {
    if (offset != 0 || used.isEmpty()) {
      long cluster = offset >>> clusterBits;
      boolean inside = offset % (1 << clusterBits) == 0 && offset < image.capacity();
      used.merge(cluster, inside ? 1 : 1000, Integer::sum);
    }
  }

  private long word(long at) {
    return at + 8 <= image.capacity() ? image.getLong((int) at) : 0;
  }

  private int count(long table, long cluster) {
    int perBlock = (1 << clusterBits) / 2;
    long block = word(table + cluster / perBlock * 8);
    long at = block + cluster % perBlock * 2;
    return block == 0 || at + 2 > image.capacity() ? 0 : image.getShort((int) at) & 0xffff;
  }
}
