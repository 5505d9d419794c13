package hospes.host.memory;

import hospes.memory.FramePool;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Asks guests for memory that they can do without, where the host is short of it, and lets them
/// have it back where it is not.
///
/// A step is a [#STEP]th of a guest's memory, one in each [#PERIOD]; a balloon never gets more than
/// [#MOST_STEPS] of them, for what a guest lacks it writes to its own disk, or kills a program for.
/// Swapping need not wait for it: what a guest gives up is what was not used for long.
final class Balloons {
  private static final int STEP = 16;
  private static final int MOST_STEPS = 4;
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  /// Times the low watermark that must be free before memory is given back.
  private static final int PLENTY = 4;

  private final FramePool pool;

  /// How many steps each guest was asked for.
  private final Map<GuestMemory, Integer> steps = new IdentityHashMap<>();

  private long nextStep = System.nanoTime();

  Balloons(FramePool pool) {
    this.pool = pool;
  }

  /// Pages that guests were asked to do without.
  synchronized long pages() {
    long pages = 0;
    for (Map.Entry<GuestMemory, Integer> guest : steps.entrySet()) {
      pages += pages(guest.getKey(), guest.getValue());
    }
    return pages;
  }

  synchronized void remove(Tenant guest) {
    steps.keySet().removeIf(one -> one.guest() == guest);
  }

  private static int pages(GuestMemory guest, int steps) {
    return Math.toIntExact(guest.pages / STEP * steps);
  }

  /// Asks, where it is time; answers how long there is nothing to ask, in nanoseconds.
  ///
  /// @param low frames below which room is short
  long step(List<GuestMemory> guests, long now, long low) {
    Map<GuestMemory, Integer> targets = new IdentityHashMap<>();
    long pause = plan(guests, now, low, targets);
    // Not under our lock: who closes a guest holds what this needs, and wants our lock.
    targets.forEach(GuestMemory::setBalloon);
    return pause;
  }

  private synchronized long plan(
      List<GuestMemory> guests, long now, long low, Map<GuestMemory, Integer> targets) {
    long room = pool.room();
    boolean isShort = room < low;
    boolean isIdle = !isShort && (steps.isEmpty() || room < PLENTY * low);
    if (isIdle) {
      return steps.isEmpty() ? Long.MAX_VALUE : PERIOD;
    }
    if (now - nextStep < 0) {
      return nextStep - now;
    }
    nextStep = now + PERIOD;
    for (GuestMemory guest : guests) {
      if (!guest.isFirst()) {
        continue;
      }
      int before = steps.getOrDefault(guest, 0);
      int after = isShort ? Math.min(before + 1, MOST_STEPS) : Math.max(before - 1, 0);
      if (after != before) {
        targets.put(guest, pages(guest, after));
        if (after > 0) {
          steps.put(guest, after);
        } else {
          steps.remove(guest);
        }
      }
    }
    return PERIOD;
  }
}
