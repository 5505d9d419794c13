package hospes.cli;

import hospes.images.Progress;
import hospes.images.ProgressListener;
import java.time.Duration;

/// Shows how far a pull has come: in a terminal one line that is drawn over, else a line per step.
final class PullProgress implements ProgressListener, AutoCloseable {
  private static final long REDRAW_NANOSECONDS = Duration.ofMillis(100).toNanos();
  private static final int BAR = 24;
  private static final String CLEAR = "\r\u001b[K";

  private final Narrator narrator;
  private final boolean redraws = StandardStream.ERROR.isTerminal();
  private String step = "";
  private long lastDrawn;
  private boolean drawn;

  PullProgress(Narrator narrator) {
    this.narrator = narrator;
  }

  @Override
  public void progress(Progress progress) {
    String now = step(progress);
    boolean isNew = !now.equals(step);
    step = now;
    if (!redraws) {
      if (isNew) {
        narrator.say(now);
      }
      return;
    }
    long time = System.nanoTime();
    boolean isComplete = progress.total() != 0 && progress.done() == progress.total();
    if (isNew || isComplete || time - lastDrawn > REDRAW_NANOSECONDS) {
      lastDrawn = time;
      drawn = true;
      narrator.draw(CLEAR + now + bar(progress));
    }
  }

  /// Stays on the screen, unlike the progress.
  @Override
  public void note(String message) {
    close();
    drawn = false;
    narrator.say(message);
  }

  private static String step(Progress progress) {
    return switch (progress.phase()) {
      case WAITING -> "waiting for another hospes that is pulling";
      case RESOLVING -> "asking the mirror for " + progress.subject();
      case DOWNLOADING -> "fetching " + progress.subject();
      case UNPACKING -> "unpacking " + progress.subject();
      case WRITING -> "writing " + progress.subject();
    };
  }

  private static String bar(Progress progress) {
    if (progress.total() <= 0) {
      return progress.done() <= 0 ? "" : "  %s".formatted(Sizes.of(progress.done()));
    }
    int filled = (int) Math.min(BAR, progress.done() * BAR / progress.total());
    return "  [%s%s] %s of %s"
        .formatted(
            "#".repeat(filled),
            "-".repeat(BAR - filled),
            Sizes.of(progress.done()),
            Sizes.of(progress.total()));
  }

  @Override
  public void close() {
    if (drawn) {
      narrator.draw(CLEAR);
    }
  }
}
