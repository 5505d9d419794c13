package hospes.memory;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What each page of a guest's RAM is, in [blocks][PageBlock]: 0 for zeros, a frame's address, or a
/// negative number for what is [elsewhere][Backings].
final class PageMap {
  private static final int IN_BLOCK = PageBlock.PAGES - 1;

  private final FramePool pool;
  private final int pages;
  private final @Nullable PageBlock[] blocks;

  /// Pages that have a frame. Other threads may read it, and see an old number.
  private int residents;

  /// Zeros.
  PageMap(FramePool pool, int pages) {
    this(pool, pages, new @Nullable PageBlock[(pages + IN_BLOCK) >>> PageBlock.PAGES_LOG2], 0);
  }

  private PageMap(FramePool pool, int pages, @Nullable PageBlock[] blocks, int residents) {
    this.pool = pool;
    this.pages = pages;
    this.blocks = blocks;
    this.residents = residents;
  }

  /// The same pages, for another guest.
  PageMap fork() {
    for (PageBlock block : blocks) {
      if (block != null) {
        block.retain();
      }
    }
    return new PageMap(pool, pages, blocks.clone(), residents);
  }

  int pages() {
    return pages;
  }

  int residents() {
    return residents;
  }

  long get(int page) {
    PageBlock block = blocks[page >>> PageBlock.PAGES_LOG2];
    return block == null ? 0 : block.entries[page & IN_BLOCK];
  }

  /// Sees to it that a page's entry, and what it stands for, is counted for this guest apart.
  void own(int page) {
    ownBlock(page);
  }

  /// Gives a page another entry; what the old one stands for is the caller's to give up. It is
  /// counted for this guest apart.
  long swap(int page, long entry) {
    PageBlock block = ownBlock(page);
    long old = block.entries[page & IN_BLOCK];
    block.entries[page & IN_BLOCK] = entry;
    residents += Integer.compare(entry > 0 ? 1 : 0, old > 0 ? 1 : 0);
    return old;
  }

  /// The block of a page, for changing it.
  private PageBlock ownBlock(int page) {
    int index = page >>> PageBlock.PAGES_LOG2;
    PageBlock block = blocks[index];
    if (block == null) {
      block = new PageBlock();
      blocks[index] = block;
    } else if (block.isShared()) {
      PageBlock copy = block.copy(pool);
      blocks[index] = copy;
      block.release(pool);
      block = copy;
    }
    return block;
  }

  /// The frame of a page that is not shared with a fork of the guest; 0 where there is none such.
  long frameApart(int page) {
    PageBlock block = blocks[page >>> PageBlock.PAGES_LOG2];
    if (block == null || block.isShared()) {
      return 0;
    }
    return Math.max(0, block.entries[page & IN_BLOCK]);
  }

  /// The first page not before `page` whose block has anything; the number of pages where there is
  /// none.
  int nextTouched(int page) {
    int next = page;
    while (next < pages && blocks[next >>> PageBlock.PAGES_LOG2] == null) {
      next = (next | IN_BLOCK) + 1;
    }
    return Math.min(next, pages);
  }

  /// Frames that no other guest has.
  long ownFrames() {
    long own = 0;
    for (PageBlock block : blocks) {
      if (block != null && !block.isShared()) {
        own += block.residents() - block.multiplyUsed(pool);
      }
    }
    return own;
  }

  /// Frames in blocks of forks to which nothing but those blocks refers; blocks in `seen` are
  /// counted already.
  int sharedOnlyByBlocks(Set<PageBlock> seen) {
    int shared = 0;
    for (PageBlock block : blocks) {
      if (block != null && block.isShared() && seen.add(block)) {
        shared += block.residents() - block.multiplyUsed(pool);
      }
    }
    return shared;
  }

  /// Gives up everything.
  void clear() {
    for (int index = 0; index < blocks.length; index++) {
      PageBlock block = blocks[index];
      if (block != null) {
        blocks[index] = null;
        block.release(pool);
      }
    }
    residents = 0;
  }
}
