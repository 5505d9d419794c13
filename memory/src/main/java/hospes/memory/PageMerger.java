package hospes.memory;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/// Finds pages of one or several guests that hold the same, and has them share one frame until
/// somebody writes to it; pages of zeros give up their frames.
///
/// A page is known by a hash of its content, and compared byte by byte before it is shared. Content
/// that was seen in two places is kept as it is: its frame becomes shared with the merger, so that
/// the next write makes a copy, and no guest can change it while it is compared. A page that is
/// found to hold the same later takes that frame. So a pair needs two rounds.
///
/// May be used by several threads. Whoever scans a table sees to it that its guest does not run
/// meanwhile.
public final class PageMerger implements AutoCloseable {
  /// Contents of which is remembered where they were seen.
  private static final int SEEN = 1 << 18;

  /// Pages to be looked at before frames that no guest has any more are given up.
  private static final long SWEEP = 1000;

  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  /// What a merger did so far.
  ///
  /// @param scanned pages that were looked at
  /// @param merged pages that gave up their frames for a shared one
  /// @param zeros pages that gave up their frames because they held zeros
  /// @param kept frames that pages may come to share
  public record Statistics(long scanned, long merged, long zeros, long kept) {}

  /// What came of a look at a page.
  enum Find {
    /// It gave up its frame.
    FREED,
    /// Its frame is kept for others that hold the same.
    KEPT,
    /// It stays as it is.
    NOTHING
  }

  /// Pages that a scan passes by for each that it looks at: those without a frame of their own.
  private static final int PASSED = 64;

  private final FramePool pool;

  /// Frames that nobody can write, by the hash of their content. A reference is held to each.
  private final Map<Long, Long> kept = new HashMap<>();

  /// Made when first needed.
  private long[] seenHashes = new long[0];

  private long[] seenPlaces = new long[0];
  private long scanned;
  private long merged;
  private long zeros;
  private long untilSweep;

  /// A merger for the guests of a pool.
  public PageMerger(FramePool pool) {
    this.pool = pool;
  }

  /// What it did so far.
  public synchronized Statistics statistics() {
    return new Statistics(scanned, merged, zeros, kept.size());
  }

  /// Goes on looking through a guest's memory where it stopped the last time, and looks at no more
  /// than so many pages that may be worth it. Returns how many frames were given up. How often it
  /// came around is [FrameTable#mergeRounds].
  public synchronized int scan(FrameTable table, int pages) {
    int before = (int) (merged + zeros);
    int page = table.mergeCursor();
    int left = pages;
    int passed = 0;
    long steps = (long) pages * PASSED;
    for (; left > 0 && steps > 0 && passed < table.pages(); steps--) {
      int next = table.map().nextTouched(page);
      passed += next - page;
      page = next;
      if (page == table.pages()) {
        table.mergedAround();
        page = 0;
        continue;
      }
      long frame = table.map().frameApart(page);
      if (frame != 0 && !pool.isShared(frame)) {
        left--;
        look(table, page, frame);
      }
      page++;
      passed++;
    }
    table.setMergeCursor(page);
    return (int) (merged + zeros) - before;
  }

  /// Looks at a page whose frame nobody else has.
  synchronized Find look(FrameTable table, int page, long frame) {
    scanned++;
    if (--untilSweep < 0) {
      sweep();
      untilSweep = Math.max(SWEEP, kept.size());
    }
    if (RawMemory.isZero(frame, FramePool.FRAME_SIZE)) {
      table.replace(page, 0);
      zeros++;
      return Find.FREED;
    }
    long hash = hash(frame);
    Long alike = kept.get(hash);
    if (alike != null) {
      if (!RawMemory.isEqual(frame, alike, FramePool.FRAME_SIZE)) {
        return Find.NOTHING;
      }
      pool.share(alike);
      table.replace(page, alike);
      merged++;
      return Find.FREED;
    }
    if (seenHashes.length == 0) {
      seenHashes = new long[SEEN];
      seenPlaces = new long[SEEN];
    }
    int slot = (int) (hash >>> 32) & SEEN - 1;
    long place = (long) table.number() << 32 | page;
    if (seenHashes[slot] == hash && seenPlaces[slot] != place) {
      pool.share(frame);
      table.protect(frame);
      kept.put(hash, frame);
      return Find.KEPT;
    }
    seenHashes[slot] = hash;
    seenPlaces[slot] = place;
    return Find.NOTHING;
  }

  /// Gives up a frame that is kept for others, where one page alone has it; whether that was so.
  synchronized boolean giveUp(long frame) {
    if (pool.references(frame) != 2) {
      return false;
    }
    long hash = hash(frame);
    if (!Long.valueOf(frame).equals(kept.get(hash))) {
      return false;
    }
    kept.remove(hash);
    // Or it would be kept again for having been seen here and where it was seen before.
    seenHashes[(int) (hash >>> 32) & SEEN - 1] = 0;
    pool.release(frame);
    return true;
  }

  /// A hash of a frame's content; four lanes, so that the host's multiplications overlap.
  private static long hash(long frame) {
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    for (long at = frame; at < frame + FramePool.FRAME_SIZE; at += 4 * Long.BYTES) {
      a = (a ^ RawMemory.getLong(at)) * MULTIPLIER;
      b = (b ^ RawMemory.getLong(at + 8)) * MULTIPLIER;
      c = (c ^ RawMemory.getLong(at + 16)) * MULTIPLIER;
      d = (d ^ RawMemory.getLong(at + 24)) * MULTIPLIER;
      a ^= a >>> 29;
      b ^= b >>> 29;
      c ^= c >>> 29;
      d ^= d >>> 29;
    }
    long sum = (a * 31 + b) * MULTIPLIER ^ (c * 31 + d);
    return (sum ^ sum >>> 32) * MULTIPLIER;
  }

  /// Gives up frames that no guest has any more.
  public synchronized void sweep() {
    Iterator<Long> frames = kept.values().iterator();
    while (frames.hasNext()) {
      long frame = frames.next();
      if (!pool.isShared(frame)) {
        frames.remove();
        pool.release(frame);
      }
    }
  }

  /// Gives up what it kept; guests go on sharing.
  @Override
  public synchronized void close() {
    kept.values().forEach(pool::release);
    kept.clear();
  }
}
