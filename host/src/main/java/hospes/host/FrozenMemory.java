package hospes.host;

import hospes.formats.snapshot.PageSource;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/// A guest's memory as it was at one moment, whatever the guest writes since then: a fork of it,
/// which costs what the guest changes meanwhile. For one thread.
final class FrozenMemory implements PageSource, AutoCloseable {
  private final FrameTable memory;
  private final byte[] content = new byte[FramePool.FRAME_SIZE];

  /// The memory now; on the thread that runs the guest.
  FrozenMemory(FrameTable original) {
    memory = original.fork();
  }

  @Override
  public int pageSize() {
    return FramePool.FRAME_SIZE;
  }

  @Override
  public PrimitiveIterator.OfLong touchedPages() {
    return LongStream.range(0, memory.pages())
        .filter(page -> !memory.isUntouched((int) page))
        .iterator();
  }

  @Override
  public void read(long page, byte[] to, int offset) {
    memory.copyPage((int) page, content);
    System.arraycopy(content, 0, to, offset, content.length);
  }

  @Override
  public void close() {
    memory.close();
  }
}
