package hospes.memory;

/// What a frame table has for [#PAGES] pages in a row: for each 0 (zeros), a frame's address, or a
/// negative number for a page that is [elsewhere][Backings].
///
/// A fork has the blocks of its parent. A block that several tables have is changed by nobody: who
/// wants to change it makes a copy, and gives up the one that it had.
final class PageBlock {
  static final int PAGES_LOG2 = 7;
  static final int PAGES = 1 << PAGES_LOG2;

  final long[] entries;
  private volatile int owners = 1;

  /// A block of zeros.
  PageBlock() {
    this(new long[PAGES]);
  }

  private PageBlock(long[] entries) {
    this.entries = entries;
  }

  /// Whether other tables have this block too.
  boolean isShared() {
    return owners > 1;
  }

  /// One more table has this block.
  synchronized void retain() {
    owners = owners + 1;
  }

  /// One table fewer has this block; the last one gives up what is in it.
  void release(FramePool pool) {
    synchronized (this) {
      owners = owners - 1;
      if (owners > 0) {
        return;
      }
    }
    for (long entry : entries) {
      release(pool, entry);
    }
  }

  /// Gives up what an entry stands for.
  static void release(FramePool pool, long entry) {
    if (Backings.isAbsent(entry)) {
      pool.backings().release(entry);
    } else if (entry != 0) {
      pool.release(entry);
    }
  }

  /// A block of the same pages that one table alone has.
  PageBlock copy(FramePool pool) {
    long[] copied = entries.clone();
    for (long entry : copied) {
      if (Backings.isAbsent(entry)) {
        pool.backings().retain(entry);
      } else if (entry != 0) {
        pool.share(entry);
      }
    }
    return new PageBlock(copied);
  }

  /// Pages that have a frame.
  int residents() {
    int count = 0;
    for (long entry : entries) {
      if (entry > 0) {
        count++;
      }
    }
    return count;
  }

  /// Frames to which more than one entry refers.
  int multiplyUsed(FramePool pool) {
    int count = 0;
    for (long entry : entries) {
      if (entry > 0 && pool.isShared(entry)) {
        count++;
      }
    }
    return count;
  }
}
