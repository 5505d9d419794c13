package hospes.host.memory;

import hospes.memory.FrameTable;
import hospes.memory.PageMerger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks through the memory of guests for pages that hold the same, a few pages at a time.
///
/// A guest is looked through when it is new, when it ran long enough since that its memory may be
/// another one, and when another guest was found to hold what was seen in two places: a pair needs
/// a second look. So guests that idle are left alone, and the whole takes no more than a
/// [#BUSY_SHARE]th of a processor, or a [#BARREN_SHARE]th where it finds little.
///
/// For one thread.
final class BackgroundMerger {
  /// Pages that are looked at in one go; some 100 microseconds.
  private static final int BATCH = 64;

  private static final int BUSY_SHARE = 25;
  private static final int BARREN_SHARE = 100;

  /// Rounds through the memory of a new guest, and of one that ran much.
  private static final int FIRST_ROUNDS = 3;

  private static final int MORE_ROUNDS = 2;

  /// How much longer than a round through its memory takes a guest must have run to be worth it.
  private static final int WORTH = 50;

  /// Frames that must be kept for others before it is worth to look for them.
  private static final int MANY_KEPT = 64;

  private static final long SHORTEST_ROUND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);
  private static final long LATEST = TimeUnit.SECONDS.toNanos(16);

  private final PageMerger merger;
  private @Nullable GuestMemory current;
  private long keptBefore;
  private long lookAgain = SOON;
  private volatile long took;

  BackgroundMerger(PageMerger merger) {
    this.merger = merger;
  }

  /// Nanoseconds that looking took so far.
  long took() {
    return took;
  }

  /// Forgets how long it was idle: there is a new guest.
  void hurry() {
    lookAgain = SOON;
  }

  /// Looks at a few pages; answers how long to rest then, in nanoseconds.
  long step(List<GuestMemory> guests) throws InterruptedException {
    if (guests.size() < 2) {
      return LATEST; // until there is a second one, of which we are told
    }
    GuestMemory guest = current;
    if (guest == null || !guests.contains(guest)) {
      guest = nextDue(guests);
      current = guest;
    }
    if (guest == null) {
      long pause = lookAgain;
      lookAgain = Math.min(2 * lookAgain, LATEST);
      return pause;
    }
    lookAgain = SOON;
    return look(guest, guests);
  }

  private static @Nullable GuestMemory nextDue(List<GuestMemory> guests) {
    GuestMemory due = null;
    for (GuestMemory guest : guests) {
      if (guest.lastRound == 0) {
        guest.roundsDue = Math.max(guest.roundsDue, FIRST_ROUNDS);
      } else {
        long used = guest.used();
        if (used - guest.usedThen > WORTH * Math.max(guest.lastRound, SHORTEST_ROUND)) {
          guest.usedThen = used;
          guest.roundsDue = Math.max(guest.roundsDue, MORE_ROUNDS);
        }
      }
      // In turn, so that what is seen in one is not forgotten before the next one is looked at.
      if (guest.roundsDue > 0 && (due == null || guest.roundsDue > due.roundsDue)) {
        due = guest;
      }
    }
    return due;
  }

  private long look(GuestMemory guest, List<GuestMemory> guests) throws InterruptedException {
    long[] time = new long[1];
    var round =
        guest.whileAtRest(
            PATIENCE,
            memory -> {
              long start = System.nanoTime();
              int number = look(guest, memory);
              time[0] = System.nanoTime() - start;
              return number;
            });
    if (round.isEmpty()) {
      // It ended, or is of a kind that has no such memory, or is stuck in its slice: not now.
      current = null;
      guest.roundsDue = 0;
      guest.lastRound = Math.max(guest.lastRound, SHORTEST_ROUND);
      guest.usedThen = guest.used();
      return SOON / 100;
    }
    took += time[0];
    guest.roundTook += time[0];
    long share = guest.found > 0 || guest.lastRound == 0 ? BUSY_SHARE : BARREN_SHARE;
    if (round.get() != guest.round) {
      guest.round = round.get();
      endRound(guest, guests);
    }
    return time[0] * (share - 1);
  }

  private int look(GuestMemory guest, FrameTable memory) {
    guest.found += merger.scan(memory, BATCH);
    return memory.mergeRounds();
  }

  private void endRound(GuestMemory guest, List<GuestMemory> guests) {
    current = null;
    if (guest.lastRound == 0) {
      guest.usedThen = guest.used();
    }
    guest.lastRound = Math.max(1, guest.roundTook);
    guest.roundTook = 0;
    guest.found = 0;
    guest.roundsDue--;
    long kept = merger.statistics().kept();
    if (kept - keptBefore > MANY_KEPT) {
      for (GuestMemory other : guests) {
        other.roundsDue = Math.max(other.roundsDue, 1);
      }
    }
    keptBefore = kept;
  }
}
