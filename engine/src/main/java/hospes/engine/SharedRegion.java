package hospes.engine;

import hospes.engine.translator.RegionContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A region in the library: wanted, or made, or found impossible to make. Used by many guests'
/// threads at the same time.
final class SharedRegion {
  /// What became of a translation.
  sealed interface Outcome {
    /// The region was made.
    record Made(Region region) implements Outcome {}

    /// It cannot be made.
    record Failed(String reason) implements Outcome {}
  }

  private final RegionContent content;
  private final int instructions;
  private @Nullable Supplier<Region> translation;
  private @Nullable Outcome outcome;
  private List<Runnable> waiting = new ArrayList<>();
  private volatile long lastUse;

  /// A wanted region.
  ///
  /// @param instructions how many it has, copies included
  /// @param translation makes it, or throws
  SharedRegion(RegionContent content, int instructions, Supplier<Region> translation) {
    this.content = content;
    this.instructions = instructions;
    this.translation = translation;
  }

  RegionContent content() {
    return content;
  }

  int instructions() {
    return instructions;
  }

  /// The outcome, if there is one yet.
  synchronized Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /// Makes the region, unless somebody did or is about to. So every guest that wants it may see to
  /// its being made, and no guest depends on another one's thread for that.
  void translate() {
    Supplier<Region> task;
    synchronized (this) {
      task = translation;
      // What is translated belongs to a guest, which may be gone before the region is.
      translation = null;
    }
    if (task == null) {
      return;
    }
    Outcome result;
    try {
      result = new Outcome.Made(task.get());
    } catch (Throwable e) {
      // Whatever it was, guests can do without the region, and the thread is there for others.
      result = new Outcome.Failed(reason(e));
    }
    finish(result);
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null ? thrown.toString() : thrown + ": " + cause;
  }

  private void finish(Outcome result) {
    List<Runnable> told;
    synchronized (this) {
      outcome = result;
      told = waiting;
      waiting = List.of();
    }
    told.forEach(Runnable::run);
  }

  /// Calls `then` when there is an outcome, on whichever thread brings it; at once if there is one.
  void whenFinished(Runnable then) {
    synchronized (this) {
      if (outcome == null) {
        waiting.add(then);
        return;
      }
    }
    then.run();
  }

  /// Notes that it was used at a time.
  void used(long time) {
    lastUse = time;
  }

  long lastUse() {
    return lastUse;
  }
}
