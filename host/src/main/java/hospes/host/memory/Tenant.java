package hospes.host.memory;

import hospes.memory.FrameTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/// A guest as those see it who look after its memory.
public interface Tenant {
  /// Its name, for messages.
  String name();

  /// Whether it has ended: then nobody runs it, and its memory stays until it is closed.
  boolean hasEnded();

  /// Its memory, range by range; to be looked at while it does not run.
  List<FrameTable> frames();

  /// Does something with a range of the memory of a guest that has [ended][#hasEnded]; empty where
  /// it was closed meanwhile.
  CompletableFuture<Optional<Integer>> afterItsEnd(int range, ToIntFunction<FrameTable> action);

  /// Asks it to do without so many pages in all, if it can be asked that.
  void setBalloon(long pages);

  /// It cannot go on for want of memory, and there is none to be had.
  void halt(MemoryShortage shortage);

  /// It can go on, if want of memory was why it did not.
  void endHalt();

  /// Has it look whether there is something to do.
  void wake();
}
