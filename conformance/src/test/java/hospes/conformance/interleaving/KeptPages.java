package hospes.conformance.interleaving;

import hospes.memory.Backing;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.memory.PageSource;
import java.util.Map;
import java.util.TreeMap;

/// A guest's memory at one moment, from which guests can be restored that read their pages when
/// they touch them.
final class KeptPages {
  private final Map<Integer, byte[]> pages = new TreeMap<>();
  private int open;

  /// What this memory holds now.
  KeptPages(FrameTable memory) {
    for (int page = 0; page < memory.pages(); page++) {
      byte[] content = new byte[FramePool.FRAME_SIZE];
      if (!memory.isUntouched(page) && memory.copyPage(page, content)) {
        pages.put(page, content);
      }
    }
  }

  /// Backs memory of zeros.
  void fill(FrameTable memory) {
    open++;
    try (Backing backing = memory.pool().open(new Source())) {
      pages.keySet().forEach(page -> memory.back(page, backing, page));
    }
  }

  /// Memories that have not given up their last page yet.
  int open() {
    return open;
  }

  private final class Source implements PageSource {
    private int references;

    @Override
    public void read(long key, byte[] page) {
      if (references < 1) {
        throw new AssertionError("read from a source to which no page refers");
      }
      System.arraycopy(pages.get((int) key), 0, page, 0, page.length);
    }

    @Override
    public void retain(long key) {
      references++;
    }

    @Override
    public void release(long key) {
      references--;
    }

    @Override
    public void close() {
      open--;
    }
  }
}
