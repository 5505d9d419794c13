package hospes.bench;

import hospes.host.guest.Guest;
import hospes.host.guest.GuestStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What it costs to record a guest: one that is always busy, and its twin that is recorded, take
/// turns.
final class RecordingFigure {
  private static final int ROUNDS = 7;
  private static final int SECONDS = 3;

  private RecordingFigure() {}

  /// Measures it with two forks of a guest.
  ///
  /// @param parent at its shell's prompt
  static String of(Guest parent) throws InterruptedException, BenchFailure {
    Path folder = null;
    try (Guest plain = parent.fork();
        Guest recorded = parent.fork()) {
      folder = Files.createTempDirectory("bench-recording");
      Path journal = folder.resolve("run.journal");
      recorded.record(journal);
      long idle = Files.size(journal);
      TimeUnit.SECONDS.sleep(SECONDS * ROUNDS);
      idle = Files.size(journal) - idle;
      for (Guest guest : new Guest[] {plain, recorded}) {
        guest.console().send("while :; do :; done\n");
        TimeUnit.SECONDS.sleep(SECONDS); // until all is translated
        guest.pause();
      }
      double[] without = new double[ROUNDS];
      double[] with = new double[ROUNDS];
      long busy = Files.size(journal);
      for (int round = 0; round < ROUNDS; round++) {
        without[round] = rate(plain);
        with[round] = rate(recorded);
      }
      busy = Files.size(journal) - busy;
      Arrays.sort(without);
      Arrays.sort(with);
      return String.format(
          Locale.ROOT,
          "%.1f MIPS with, %.1f without, ratio %.3f; journal: %d KB in an idle minute, %d KB in a busy one",
          with[ROUNDS / 2],
          without[ROUNDS / 2],
          with[ROUNDS / 2] / without[ROUNDS / 2],
          perMinute(idle),
          perMinute(busy));
    } catch (IOException e) {
      throw new BenchFailure("cannot record to the temporary folder: " + e.getMessage(), e);
    } finally {
      if (folder != null) {
        delete(folder);
      }
    }
  }

  private static long perMinute(long bytes) {
    return bytes * 60 / (ROUNDS * SECONDS) / 1000;
  }

  /// Instructions in millions in a second of its own time.
  private static double rate(Guest guest) throws InterruptedException {
    GuestStats before = guest.stats();
    guest.resume();
    TimeUnit.SECONDS.sleep(SECONDS);
    guest.pause();
    GuestStats after = guest.stats();
    return (after.instructions() - before.instructions())
        * 1e3
        / after.cpuTime().minus(before.cpuTime()).toNanos();
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("run.journal"));
      Files.deleteIfExists(folder.resolve("run.journal.snapshot"));
      Files.deleteIfExists(folder);
    } catch (IOException stays) {
      // in the temporary folder it harms nobody
    }
  }
}
