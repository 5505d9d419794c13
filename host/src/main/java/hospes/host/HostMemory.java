package hospes.host;

import hospes.memory.FramePool;
import hospes.memory.PageMerger;
import hospes.memory.Reclaimer;
import hospes.memory.SwapFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The memory of all guests of a host, and the thread that looks after it: has them share what they
/// hold alike, and makes room where they want more than there may be. The thread is started when
/// there is something to do, and sleeps while there is nothing.
final class HostMemory implements AutoCloseable {
  private final HostSettings settings;
  private final FramePool pool;
  private final Optional<PageMerger> merger;
  private final Optional<BackgroundMerger> merging;
  private final Reclaimer reclaimer;
  private final MemoryReclaim reclaim;
  private final List<GuestMemory> guests = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /// Whether the thread was told of something since it looked the last time.
  private boolean told;

  /// Whether there are guests that the merger does not know.
  private volatile boolean isNew;

  private boolean closed;
  private @Nullable Thread thread;
  private volatile Optional<String> failure = Optional.empty();

  HostMemory(HostSettings settings) {
    this.settings = settings;
    pool = new FramePool(settings.memoryFrames());
    merger =
        switch (settings.merging()) {
          case ON -> Optional.of(new PageMerger(pool));
          case OFF -> Optional.empty();
        };
    merging = merger.map(BackgroundMerger::new);
    reclaimer = new Reclaimer(pool, merger, settings.swap()::open);
    reclaim = new MemoryReclaim(pool, reclaimer);
  }

  FramePool pool() {
    return pool;
  }

  /// A guest is there.
  void add(GuestMemory guest) {
    guests.add(guest);
    if (guests.size() > 1 && merging.isPresent()) {
      isNew = true;
      tell();
    }
  }

  /// The memory of a guest that is there.
  GuestMemory of(Guest guest) {
    return guests.stream().filter(one -> one.guest() == guest).findAny().orElseThrow();
  }

  /// A guest is no more.
  void remove(Guest guest) {
    guests.removeIf(one -> one.guest() == guest);
    reclaim.remove(guest);
  }

  /// A guest cannot go on for want of memory: it is woken when there is some, or paused where there
  /// is none to be had. By its thread.
  void lacks(Guest guest, String reason) {
    reclaim.waits(guest, reason);
    tell();
    failure.ifPresent(reclaim::giveUp);
  }

  /// A guest ran for a slice.
  void sliceEnded() {
    if (pool.limit() != Long.MAX_VALUE && reclaim.isWanted(System.nanoTime())) {
      tell();
    }
  }

  private void tell() {
    lock.lock();
    try {
      told = true;
      news.signal();
      if (thread == null && !closed) {
        thread = Thread.ofPlatform().daemon().name("hospes-memory").start(this::work);
      }
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      long mergeAt = System.nanoTime();
      while (!isClosed()) {
        long pause = reclaim.step(guests, System.nanoTime());
        if (pause > 0 && merging.isPresent()) {
          if (isNew) {
            isNew = false;
            merging.get().hurry();
            mergeAt = System.nanoTime();
          }
          if (System.nanoTime() - mergeAt >= 0) {
            mergeAt = System.nanoTime() + merging.get().step(guests);
          }
          pause = Math.min(pause, Math.max(0, mergeAt - System.nanoTime()));
        }
        await(pause);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error bug) {
      String what = "looking after memory failed: " + bug;
      failure = Optional.of(what);
      reclaim.giveUp(what);
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for news, but not longer than so many nanoseconds.
  private void await(long nanoseconds) throws InterruptedException {
    lock.lock();
    try {
      if (!told && !closed && nanoseconds > 0) {
        news.awaitNanos(nanoseconds);
      }
      told = false;
    } finally {
      lock.unlock();
    }
  }

  /// What all guests use together.
  HostStats stats() {
    FramePool.Statistics frames = pool.statistics();
    PageMerger.Statistics found =
        merger.map(PageMerger::statistics).orElse(new PageMerger.Statistics(0, 0, 0, 0));
    SwapFile.Statistics file = reclaimer.swap();
    return new HostStats(
        guests.size(),
        frames.used() * FramePool.FRAME_SIZE,
        settings.memoryBytes(),
        new HostStats.Sharing(
            settings.merging(),
            frames.shared(),
            frames.sharing(),
            frames.savedBytes(),
            found.scanned(),
            found.merged(),
            found.zeros(),
            Duration.ofNanos(merging.map(BackgroundMerger::took).orElse(0L))),
        new HostStats.Swap(
            file.pages(),
            file.bytes(),
            file.written(),
            file.read(),
            reclaim.balloonPages(),
            reclaim.waiting(),
            reclaim.halted(),
            Duration.ofNanos(reclaim.took())));
  }

  /// Ends the thread, and gives back all memory. No guest may be there any more.
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      news.signal();
      running = thread;
    } finally {
      lock.unlock();
    }
    join(running);
    merger.ifPresent(PageMerger::close);
    reclaimer.close();
    pool.close();
  }

  private static void join(@Nullable Thread running) {
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
