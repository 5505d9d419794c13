package hospes.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A bit for each page of a guest's RAM; blocks of pages that have none set take no memory, and a
/// fork has the blocks of its parent until one of them changes a bit.
final class PageBits {
  private static final int WORDS_LOG2 = 5;
  private static final int WORDS = 1 << WORDS_LOG2;
  private static final int BLOCK_LOG2 = WORDS_LOG2 + 6;

  private final long[] @Nullable [] blocks;

  /// A bit for each block that nobody else has.
  private final long[] own;

  /// No bit set, for so many pages.
  PageBits(int pages) {
    this(new long[(pages + (1 << BLOCK_LOG2) - 1) >>> BLOCK_LOG2] @Nullable []);
  }

  private PageBits(long[] @Nullable [] blocks) {
    this.blocks = blocks;
    this.own = new long[blocks.length + Long.SIZE - 1 >>> 6];
  }

  /// The same bits, to be changed apart from these.
  PageBits fork() {
    Arrays.fill(own, 0);
    return new PageBits(blocks.clone());
  }

  boolean get(int page) {
    long[] block = blocks[page >>> BLOCK_LOG2];
    return block != null && (block[page >>> 6 & WORDS - 1] >>> page & 1) != 0;
  }

  void set(int page) {
    ownBlock(page)[page >>> 6 & WORDS - 1] |= 1L << page;
  }

  void clear(int page) {
    if (get(page)) {
      ownBlock(page)[page >>> 6 & WORDS - 1] &= ~(1L << page);
    }
  }

  private long[] ownBlock(int page) {
    int index = page >>> BLOCK_LOG2;
    long[] block = blocks[index];
    if (block == null || (own[index >>> 6] >>> index & 1) == 0) {
      block = block == null ? new long[WORDS] : block.clone();
      blocks[index] = block;
      own[index >>> 6] |= 1L << index;
    }
    return block;
  }
}
