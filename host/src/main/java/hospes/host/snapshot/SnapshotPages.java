package hospes.host.snapshot;

import hospes.machine.SnapshotException;
import hospes.memory.Backing;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.memory.PageSource;
import java.io.IOException;
import java.util.List;

/// The pages of a snapshot file, each read when the guest that is restored from it touches it. The
/// file is closed when no page is left in it that a guest may need.
public final class SnapshotPages implements PageSource {
  private final SnapshotFile file;
  private final Runnable onDamage;

  private SnapshotPages(SnapshotFile file, Runnable onDamage) {
    this.file = file;
    this.onDamage = onDamage;
  }

  /// Gives memory of zeros the content that a file has for it, whose pages are numbered one range
  /// behind the other. The file is the memory's from now on.
  ///
  /// @param onDamage what to do where a page turns out to be damaged, besides ending the guest
  /// @throws SnapshotException where its pages are not those of a guest
  public static void fill(List<FrameTable> ranges, SnapshotFile file, Runnable onDamage) {
    if (file.pageSize() != FramePool.FRAME_SIZE) {
      throw new SnapshotException(
          "the snapshot has pages of %d bytes; a guest's have %d"
              .formatted(file.pageSize(), FramePool.FRAME_SIZE));
    }
    FramePool pool = ranges.getFirst().pool();
    try (Backing backing = pool.open(new SnapshotPages(file, onDamage))) {
      file.forEachPage(page -> back(ranges, page, backing));
    }
  }

  private static void back(List<FrameTable> ranges, long page, Backing backing) {
    long left = page;
    for (FrameTable range : ranges) {
      if (left < range.pages()) {
        range.back((int) left, backing, page);
        return;
      }
      left -= range.pages();
    }
    throw new SnapshotException(
        "the snapshot has a page %d, which the guest has not".formatted(page));
  }

  @Override
  public void read(long key, byte[] page) throws IOException {
    try {
      file.read(key, page, 0);
    } catch (SnapshotFileException e) {
      if (e.problem().isPresent()) {
        onDamage.run();
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  @Override
  public String toString() {
    return "what it was restored from";
  }
}
