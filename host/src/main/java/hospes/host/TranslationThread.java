package hospes.host;

import hospes.engine.TranslationService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// Makes the translations of all guests of this process, on a thread of its own.
///
/// A new region would be executed by the JVM's own interpreter first, which is slower than ours. So
/// the thread enters it, without effect, until HotSpot has compiled it, and only then hands it
/// over.
public final class TranslationThread implements TranslationService {
  /// Enough to make HotSpot's first compiler take notice (`Tier3InvocationThreshold`).
  private static final int ENTRIES = 220;

  /// What entering a compiled region takes at most, on average.
  private static final long COMPILED_NANOSECONDS = 25;

  private static final int TRIALS = 40;
  private static final long PATIENCE_NANOSECONDS = 4_000_000;
  private static final long PAUSE_NANOSECONDS = 100_000;

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

  @SuppressWarnings("InfiniteLoopStatement")
  private void work() {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void prepare(Runnable entry) {
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
