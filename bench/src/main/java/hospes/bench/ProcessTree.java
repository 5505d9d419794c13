package hospes.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Ends a process with all that it started.
final class ProcessTree {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ProcessTree() {}

  /// Asks first, kills after ten seconds, and waits for the end.
  static void end(Process process) {
    all(process).forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(PATIENCE)) {
        all(process).forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
      }
    } catch (InterruptedException e) {
      all(process).forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private static List<ProcessHandle> all(Process process) {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  /// Kills a process that runs too long; its streams end then.
  static final class Watchdog {
    private final AtomicBoolean barked = new AtomicBoolean();
    private final CompletableFuture<Void> bark;

    Watchdog(Process process, Duration timeout) {
      bark =
          CompletableFuture.runAsync(
              () -> {
                barked.set(process.isAlive()); // before the kill: its streams end at once
                all(process).forEach(ProcessHandle::destroyForcibly);
              },
              CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Calls the watchdog off, and tells whether that was too late.
    boolean barked() {
      bark.cancel(false);
      return barked.get();
    }
  }
}
