package hospes.host.memory;

import hospes.memory.FramePool;
import hospes.memory.Reclaimer;
import hospes.memory.SwapFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes room for guests that together want more memory than their host's limit.
///
/// Between two watermarks below the limit it goes on beside guests that run: it begins where the
/// room is less than [#low] and ends at twice that. Guests that are faster than it exceed the limit
/// and wait; as soon as half of [#low] is there again, all of them go on. Each then executes at
/// least a step of its own before it can have to wait again, with whatever frames it asks for: so
/// all guests make progress, however small the limit is.
///
/// It sweeps the guests in turn, a few pages of each. Where it came around all of them and no frame
/// was given back, all pages are in use, and any of them may go. Where it came around twice more
/// in vain, those that wait are paused, with the reason, until there is room.
///
/// [#step] is for one thread, the rest for all.
final class MemoryReclaim {
  /// Cold pages that are dealt with in one go; some 500 microseconds.
  private static final int BATCH = 48;

  /// The low watermark as a part of the limit, and the most frames that it is.
  private static final int PART = 32;

  private static final long MOST_LOW = 4096;

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(3);

  /// After a search in vain, how long another one would be in vain too; and the most that this
  /// becomes by doubling.
  private static final long VAIN = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long MOST_VAIN = TimeUnit.SECONDS.toNanos(4);

  /// How often it is looked whether there is room for guests that are paused.
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);

  private record Waiting(Tenant guest, String reason) {}

  /// A search for room in vain.
  private record Vain(String why, MemoryShortage.Swapping swapping) {
    static Vain of(Reclaimer.Failure failure) {
      return new Vain(
          failure.why(),
          switch (failure.cause()) {
            case SwapOffException _ -> MemoryShortage.Swapping.OFF;
            case SwapFullException _ -> MemoryShortage.Swapping.FULL;
            default -> MemoryShortage.Swapping.FAILS;
          });
    }
  }

  private final FramePool pool;
  private final Reclaimer reclaimer;
  private final Balloons balloons;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Tenant> halted = new ArrayList<>();
  private volatile long took;

  // Of the search that goes on.

  private volatile boolean searching;
  private int next;

  /// Pages passed since a frame was given back.
  private long barren;

  private volatile Vain lastFailure = new Vain("", MemoryShortage.Swapping.FAILS);
  private long vain = VAIN;
  private volatile long vainUntil = System.nanoTime();

  MemoryReclaim(FramePool pool, Reclaimer reclaimer) {
    this.pool = pool;
    this.reclaimer = reclaimer;
    balloons = new Balloons(pool);
  }

  /// Nanoseconds that making room took so far.
  long took() {
    return took;
  }

  /// Guests that wait for room.
  synchronized int waiting() {
    return waiting.size();
  }

  /// Guests that are paused for want of it.
  synchronized int halted() {
    return halted.size();
  }

  /// Pages that guests were asked to do without.
  long balloonPages() {
    return balloons.pages();
  }

  /// A guest cannot go on for want of memory, and waits until it is woken.
  synchronized void waits(Tenant guest, String reason) {
    waiting.removeIf(one -> one.guest() == guest);
    halted.remove(guest);
    waiting.add(new Waiting(guest, reason));
  }

  /// A guest is no more.
  synchronized void remove(Tenant guest) {
    waiting.removeIf(one -> one.guest() == guest);
    halted.remove(guest);
    balloons.remove(guest);
  }

  private long low() {
    return Math.min(pool.limit() / PART, MOST_LOW);
  }

  /// Whether there is something to do that [#step] may not know of yet.
  boolean isWanted(long now) {
    return !searching && isShort() && now - vainUntil >= 0;
  }

  private boolean isShort() {
    return pool.room() < low();
  }

  /// Does a little; answers how long it has nothing to do then, in nanoseconds.
  long step(List<GuestMemory> guests, long now) throws InterruptedException {
    if (pool.limit() == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    letGoOn();
    long ballooning = balloons.step(guests, now, low());
    if (!searching) {
      if (!isShort() && waiting() == 0) {
        return Math.min(halted() > 0 ? POLL : Long.MAX_VALUE, ballooning);
      }
      if (now - vainUntil < 0) {
        haltAll();
        return POLL;
      }
      searching = true;
      barren = 0;
      reclaimer.begin();
    }
    search(guests, now);
    return guests.isEmpty() ? POLL : 0;
  }

  private void search(List<GuestMemory> guests, long now) throws InterruptedException {
    long all = guests.stream().mapToLong(guest -> guest.pages).sum();
    if (!guests.isEmpty()) {
      next = (next + 1) % guests.size();
      sweep(guests.get(next), barren > all ? Reclaimer.Choice.ANY : Reclaimer.Choice.COLD);
    }
    if (pool.room() >= 2 * low() && waiting() == 0) {
      searching = false;
      vain = VAIN;
    } else if (barren > 3 * all) {
      searching = false;
      lastFailure =
          reclaimer
              .failure()
              .map(Vain::of)
              .orElse(new Vain("none of it can be swapped out", MemoryShortage.Swapping.FAILS));
      vainUntil = now + vain;
      vain = Math.min(2 * vain, MOST_VAIN);
      haltAll();
    }
  }

  private void sweep(GuestMemory guest, Reclaimer.Choice choice) throws InterruptedException {
    long[] time = new long[1];
    long[] passed = {guest.pages};
    Optional<Integer> freed =
        guest.whileAtRest(
            PATIENCE,
            memory -> {
              long start = System.nanoTime();
              Reclaimer.Sweep sweep = reclaimer.sweep(memory, BATCH, choice);
              time[0] = System.nanoTime() - start;
              passed[0] = sweep.passed();
              return sweep.freed();
            });
    took += time[0];
    barren = freed.orElse(0) > 0 ? 0 : barren + Math.max(1, passed[0]);
  }

  /// Wakes those that wait, and resumes those that are paused, where there is room.
  private void letGoOn() {
    List<Waiting> woken = List.of();
    List<Tenant> resumed = List.of();
    synchronized (this) {
      long room = pool.room();
      if (!waiting.isEmpty() && room >= low() / 2) {
        woken = List.copyOf(waiting);
        waiting.clear();
      }
      if (!halted.isEmpty() && room >= Math.max(1, low())) {
        resumed = List.copyOf(halted);
        halted.clear();
      }
    }
    woken.forEach(one -> one.guest().wake());
    resumed.forEach(Tenant::endHalt);
  }

  /// There will be no room made any more: pauses those that wait for it.
  void giveUp(String why) {
    lastFailure = new Vain(why, MemoryShortage.Swapping.FAILS);
    haltAll();
  }

  /// There is no more room to be made: pauses those that wait for it.
  private void haltAll() {
    List<Waiting> left;
    synchronized (this) {
      left = List.copyOf(waiting);
      waiting.clear();
      left.forEach(one -> halted.add(one.guest()));
    }
    Vain last = lastFailure;
    for (Waiting one : left) {
      one.guest()
          .halt(new MemoryShortage("%s (%s)".formatted(one.reason(), last.why()), last.swapping()));
    }
  }
}
