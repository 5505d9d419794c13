package hospes.conformance.tiers;

import hospes.engine.Region;
import hospes.engine.TranslationService;
import hospes.engine.translator.Grade;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs tasks in the background, each after a delay of its own, so that they also overtake each
/// other: the worst that a busy host does to translations.
public final class RandomDelay implements TranslationService {
  private static final ScheduledExecutorService THREADS =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("delayed-", 0).factory());

  private static final int ENTRIES = 30;

  private final SplittableRandom random;
  private final int mostMicroseconds;

  /// Delays of up to `mostMicroseconds`, drawn from a seed.
  public RandomDelay(long seed, int mostMicroseconds) {
    random = new SplittableRandom(seed);
    this.mostMicroseconds = mostMicroseconds;
  }

  @Override
  public synchronized void execute(Runnable task) {
    THREADS.schedule(task, random.nextInt(mostMicroseconds), TimeUnit.MICROSECONDS);
  }

  @Override
  public void prepare(Region region, Grade grade, Runnable entry) {
    for (int i = 0; i < ENTRIES; i++) {
      entry.run();
    }
  }
}
