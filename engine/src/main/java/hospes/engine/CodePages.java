package hospes.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A [CodePage] for each physical page that has one, in blocks that take no memory where there is
/// none. A fork has the blocks of its parent until one of them changes something in a block.
final class CodePages {
  private static final int BLOCK_LOG2 = 7;
  private static final int IN_BLOCK = (1 << BLOCK_LOG2) - 1;

  private static final class Block {
    private final @Nullable CodePage[] pages;

    /// Whether another guest has this block too, or had it once: then it stays as it is.
    private boolean shared;

    Block(@Nullable CodePage[] pages) {
      this.pages = pages;
    }
  }

  private final @Nullable Block[] blocks;

  /// None, of so many pages.
  CodePages(int pages) {
    this(new @Nullable Block[pages + IN_BLOCK >>> BLOCK_LOG2]);
  }

  private CodePages(@Nullable Block[] blocks) {
    this.blocks = blocks;
  }

  /// The same pages of code, to be changed apart from these.
  CodePages fork() {
    for (Block block : blocks) {
      if (block != null) {
        block.shared = true;
      }
    }
    return new CodePages(blocks.clone());
  }

  @Nullable CodePage get(int index) {
    Block block = blocks[index >>> BLOCK_LOG2];
    return block == null ? null : block.pages[index & IN_BLOCK];
  }

  void set(int index, @Nullable CodePage page) {
    Block block = blocks[index >>> BLOCK_LOG2];
    if (block == null) {
      block = new Block(new @Nullable CodePage[IN_BLOCK + 1]);
      blocks[index >>> BLOCK_LOG2] = block;
    } else if (block.shared) {
      block = new Block(block.pages.clone());
      blocks[index >>> BLOCK_LOG2] = block;
    }
    block.pages[index & IN_BLOCK] = page;
  }

  /// Hands over all there are.
  void forEach(Consumer<CodePage> action) {
    for (Block block : blocks) {
      if (block != null) {
        for (CodePage page : block.pages) {
          if (page != null) {
            action.accept(page);
          }
        }
      }
    }
  }
}
