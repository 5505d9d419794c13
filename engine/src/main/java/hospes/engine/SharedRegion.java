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
  sealed interface Result {
    /// The region was made.
    record Made(Region region) implements Result {}

    /// It cannot be made.
    record Failed(String reason) implements Result {}
  }

  private final RegionContent content;
  private final int instructions;
  private @Nullable Supplier<Region> translation;
  private @Nullable Result result;
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

  /// The result, if there is one yet.
  synchronized Optional<Result> result() {
    return Optional.ofNullable(result);
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
    Result reached;
    try {
      reached = new Result.Made(task.get());
    } catch (Throwable e) {
      // Whatever it was, guests can do without the region, and the thread is there for others.
      reached = new Result.Failed(reason(e));
    }
    finish(reached);
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null ? thrown.toString() : thrown + ": " + cause;
  }

  private void finish(Result reached) {
    List<Runnable> told;
    synchronized (this) {
      result = reached;
      told = waiting;
      waiting = List.of();
    }
    told.forEach(Runnable::run);
  }

  /// Calls `then` when there is a result, on whichever thread brings it; at once if there is one.
  void whenFinished(Runnable then) {
    synchronized (this) {
      if (result == null) {
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
