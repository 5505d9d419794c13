package hospes.host.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The thread that writes all recordings of this process, twice a second; it is there as long as
/// there is one.
final class JournalKeeper {
  private static final long PERIOD_MILLISECONDS = 500;

  private static final List<Recording> RECORDINGS = new CopyOnWriteArrayList<>();
  private static @Nullable Thread thread;

  private JournalKeeper() {}

  static synchronized void add(Recording recording) {
    RECORDINGS.add(recording);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("hospes-journal").start(JournalKeeper::work);
    }
  }

  static void remove(Recording recording) {
    RECORDINGS.remove(recording);
  }

  private static void work() {
    try {
      do {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLISECONDS);
        RECORDINGS.forEach(Recording::flush);
      } while (!isLast());
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized boolean isLast() {
    if (RECORDINGS.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }
}
