package hospes.testkit;

import hospes.guests.Saved;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;

/// Memory of machines that are frozen.
public final class Frames {
  private Frames() {}

  /// Fills the ranges of a new machine with what is in others, as a snapshot's file would.
  ///
  /// @param from as many ranges, each as large
  public static Saved.MemoryFiller copied(List<FrameTable> from) {
    return to -> {
      byte[] page = new byte[FramePool.FRAME_SIZE];
      for (int range = 0; range < from.size(); range++) {
        FrameTable source = from.get(range);
        for (int i = 0; i < source.pages(); i++) {
          if (source.copyPage(i, page)) {
            to.get(range).write(source.base() + (long) i * page.length, page, 0, page.length);
          }
        }
      }
    };
  }
}
