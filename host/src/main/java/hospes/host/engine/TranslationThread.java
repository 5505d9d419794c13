package hospes.host.engine;

import hospes.engine.Core;
import hospes.engine.Region;
import hospes.engine.TranslationService;
import hospes.engine.translator.Grade;
import hospes.host.engine.HotSpot.Tier;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// Makes the translations of all guests of this process, on a thread of its own.
///
/// A new region would be executed by the JVM's own interpreter first, which is slower than ours. So
/// the thread waits until HotSpot has compiled it, and only then hands it over. Where
/// [HotSpot] listens, it is told how well a region, and the loop of our interpreter, are worth
/// compiling; otherwise the thread enters a region, without effect, until HotSpot takes notice.
public final class TranslationThread implements TranslationService {
  /// Translations that may wait. Code that is wanted when there are more is wanted again later, if
  /// it is executed so much: what waits for long is out of date when its turn comes.
  private static final int MOST_WAITING = 4;

  /// Enough to make HotSpot's first compiler take notice (`Tier3InvocationThreshold`).
  private static final int ENTRIES = 220;

  /// What entering a compiled region takes at most, on average.
  private static final long COMPILED_NANOSECONDS = 25;

  private static final int TRIALS = 40;
  private static final long PATIENCE_NANOSECONDS = 4_000_000;
  private static final long PAUSE_NANOSECONDS = 100_000;

  /// For how long HotSpot may let us wait for a region that it was asked to compile.
  private static final long COMPILATION_NANOSECONDS = 100_000_000;

  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

  private static final class Shared {
    static final TranslationThread THREAD = start();
  }

  private TranslationThread() {}

  /// The one thread for all guests of this process, started when it is first asked for.
  public static TranslationThread shared() {
    return Shared.THREAD;
  }

  /// Starts the thread; it ends with the process.
  public static TranslationThread start() {
    TranslationThread started = new TranslationThread();
    Thread.ofPlatform().daemon().name("hospes-translator").start(started::work);
    return started;
  }

  @Override
  public void execute(Runnable translation) {
    queue.add(translation);
  }

  @Override
  public boolean isBusy() {
    return queue.size() >= MOST_WAITING;
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private void work() {
    HotSpot.find(); // here, where nobody waits for it yet
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /// The loop is executed from the first moment on, and its cases one by one: HotSpot would compile
  /// it ten times, each time for the cases seen so far.
  @Override
  public void beginInterpreting(Method loop) {
    HotSpot.find()
        .ifPresent(
            compilers -> {
              compilers.keepSimple(loop);
              compilers.compile(loop, Tier.SIMPLE);
            });
  }

  @Override
  public void prepare(Region region, Grade grade, Runnable entry) {
    Optional<HotSpot> hotSpot = HotSpot.find();
    if (hotSpot.isPresent()) {
      entry.run(); // initializes its class, without which nothing is compiled
      compile(hotSpot.get(), method(region), grade);
    } else {
      enterUntilCompiled(entry);
    }
  }

  private static void compile(HotSpot compilers, Method run, Grade grade) {
    switch (grade) {
      case QUICK -> {
        compilers.keepSimple(run);
        compilers.compile(run, Tier.SIMPLE);
      }
      case THOROUGH -> compilers.compile(run, Tier.PROFILED);
    }
    long start = System.nanoTime();
    while (!compilers.isCompiled(run, Tier.SIMPLE)
        && System.nanoTime() - start < COMPILATION_NANOSECONDS) {
      LockSupport.parkNanos(PAUSE_NANOSECONDS);
    }
  }

  @Override
  public void settle(Region region) {
    HotSpot.find()
        .ifPresent(
            compilers -> {
              Method run = method(region);
              if (!compilers.isCompiled(run, Tier.OPTIMIZED) && !compilers.isQueued(run)) {
                compilers.compile(run, Tier.OPTIMIZED);
              }
            });
  }

  private static Method method(Region region) {
    try {
      return region.getClass().getDeclaredMethod("run", Core.class);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("a region cannot be run", impossible);
    }
  }

  private static void enterUntilCompiled(Runnable entry) {
    for (int i = 0; i < ENTRIES; i++) {
      entry.run();
    }
    long start = System.nanoTime();
    long now = start;
    while (now - start < PATIENCE_NANOSECONDS) {
      for (int i = 0; i < TRIALS; i++) {
        entry.run();
      }
      long then = System.nanoTime();
      if (then - now < TRIALS * COMPILED_NANOSECONDS) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOSECONDS);
      now = System.nanoTime();
    }
  }
}
