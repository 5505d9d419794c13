package hospes.host.snapshot;

import hospes.formats.snapshot.PageSource;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/// A guest's memory as it was at one moment: forks of its ranges, whose pages are numbered one
// range
/// behind the other. For one thread.
final class FrozenMemory implements PageSource {
  private final List<FrameTable> ranges;
  private final byte[] content = new byte[FramePool.FRAME_SIZE];

  FrozenMemory(List<FrameTable> ranges) {
    this.ranges = ranges;
  }

  @Override
  public int pageSize() {
    return FramePool.FRAME_SIZE;
  }

  @Override
  public PrimitiveIterator.OfLong touchedPages() {
    LongStream touched = LongStream.empty();
    long first = 0;
    for (FrameTable range : ranges) {
      long begin = first;
      touched =
          LongStream.concat(
              touched,
              LongStream.range(0, range.pages())
                  .filter(page -> !range.isUntouched((int) page))
                  .map(page -> begin + page));
      first += range.pages();
    }
    return touched.iterator();
  }

  @Override
  public void read(long page, byte[] to, int offset) {
    long left = page;
    for (FrameTable range : ranges) {
      if (left < range.pages()) {
        range.copyPage((int) left, content);
        System.arraycopy(content, 0, to, offset, content.length);
        return;
      }
      left -= range.pages();
    }
    throw new IllegalArgumentException("there is no page " + page);
  }
}
